import type { AttachmentId } from '../ids.ts'
import { toId } from '../ids.ts'
import type { Attachment } from './attachment.ts'

/** The part of a message that stands for a file (guest-protocol 3.4), as it is kept: without an address, which is made when it is shown. */
export interface AttachmentPart {
  readonly contentType: 'Attachment'
  readonly attachment: {
    readonly id: AttachmentId
    readonly filename: string
    readonly mediaType: 'Audio' | 'File' | 'Image' | 'Video'
    readonly mime: string
    readonly fileSize: number
  }
}

export function isAttachmentPart(part: unknown): part is AttachmentPart {
  return typeof part === 'object' && part !== null && 'contentType' in part && part.contentType === 'Attachment'
}

/** Which file a part that somebody sent is about; undefined when it does not say. */
export function referencedId(part: unknown): AttachmentId | undefined {
  if (typeof part !== 'object' || part === null || !('attachment' in part)) return undefined
  const { attachment } = part
  if (typeof attachment !== 'object' || attachment === null || !('id' in attachment)) return undefined
  return typeof attachment.id === 'string' && attachment.id !== '' ? toId(attachment.id) : undefined
}

export function partOf({ id, fileName, mediaType, size = 0 }: Attachment): AttachmentPart {
  return { contentType: 'Attachment', attachment: { id, filename: fileName, mediaType: kindOf(mediaType), mime: mediaType, fileSize: size } }
}

/** A message without words, in a list: what it carries. */
export function fileNames(content: readonly unknown[]): string {
  return content.filter(isAttachmentPart).map((part) => part.attachment.filename).join(', ')
}

function kindOf(mediaType: string): AttachmentPart['attachment']['mediaType'] {
  if (mediaType.startsWith('image/')) return 'Image'
  if (mediaType.startsWith('audio/')) return 'Audio'
  return mediaType.startsWith('video/') ? 'Video' : 'File'
}
