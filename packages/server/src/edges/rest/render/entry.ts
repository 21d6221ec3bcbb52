import { isAttachmentPart, isInbound, type Entry as CoreEntry } from '@beckon/core'
import type { Entry } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
import { contentPath } from './attachment.ts'
import { renderAuthor } from './author.ts'

export function renderEntry(entry: CoreEntry): Entry {
  return {
    seq: entry.seq,
    id: entry.id,
    conversationId: entry.conversationId,
    kind: entry.kind,
    direction: isInbound(entry) ? 'inbound' : 'outbound',
    createdAt: timeOf(entry.at),
    ...(entry.participantId === undefined ? {} : { participantId: entry.participantId }),
    from: renderAuthor(entry.by),
    ...(entry.kind === 'message' ? said(entry) : happened(entry)),
  }
}

function said(entry: Extract<CoreEntry, { readonly kind: 'message' }>): Partial<Entry> {
  const { text, content, metadata, clientId, proactiveId, withdrawn, conversationId } = entry
  return {
    text,
    ...(content === undefined ? {} : { content: content.map((part) => withPath(part, conversationId)) }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(proactiveId === undefined ? {} : { proactiveId }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
    ...(metadata === undefined ? {} : { metadata }),
  }
}

/** Files are named by their path, which asks for a token and so is good for ever. */
function withPath(part: unknown, conversationId: string): unknown {
  return isAttachmentPart(part) ? { ...part, attachment: { ...part.attachment, url: contentPath(conversationId, part.attachment.id) } } : part
}

function happened({ event, reason }: Extract<CoreEntry, { readonly kind: 'event' }>): Partial<Entry> {
  return { event, ...(reason === undefined ? {} : { reason }) }
}
