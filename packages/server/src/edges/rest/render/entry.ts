import { isInbound, type Entry as CoreEntry } from '@beckon/core'
import type { Entry } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
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
  const { text, content, metadata, clientId, proactiveId, withdrawn } = entry
  return {
    text,
    ...(content === undefined ? {} : { content }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(proactiveId === undefined ? {} : { proactiveId }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
    ...(metadata === undefined ? {} : { metadata }),
  }
}

function happened({ event, reason }: Extract<CoreEntry, { readonly kind: 'event' }>): Partial<Entry> {
  return { event, ...(reason === undefined ? {} : { reason }) }
}
