import { isAttachmentPart, type Entry, type Reader } from '@beckon/core'
import type { AttachmentLinks } from '../../shared/attachment-links.ts'

export type LinkEntry = (entry: Entry) => Entry

/** Entries as guests are shown them: each file with an address to download it from, made for this showing. */
export function createLinkEntry(links: Pick<AttachmentLinks, 'download'>): LinkEntry {
  return (entry) => {
    if (entry.kind !== 'message' || !entry.content?.some(isAttachmentPart)) return entry
    const content = entry.content.map((part) =>
      isAttachmentPart(part) ? { ...part, attachment: { ...part.attachment, url: links.download(part.attachment.id).url } } : part,
    )
    return { ...entry, content }
  }
}

/** Reads logs with such addresses in them. */
export function createLinkedReader(reader: Reader, linkEntry: LinkEntry): Reader {
  return {
    ...reader,
    get epoch() {
      return reader.epoch
    },
    entries: async (id, range) => (await reader.entries(id, range)).map(linkEntry),
    async guestHistory(id, page) {
      const { entries, total } = await reader.guestHistory(id, page)
      return { entries: entries.map(linkEntry), total }
    },
  }
}
