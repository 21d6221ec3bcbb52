import type { ContactId, ConversationId, EventType, Instant, StoredEvent } from '@beckon/core'
import { number, optionalNumber, optionalText, text, type Row } from './row.ts'

/** How many rows one call looks through for a filtered reader; `through` tells it where to go on. */
export const mostScanned = 5000

/** From a row with `position`, `type`, `at`, `contact_id`, `conversation_id`, `entry_seq` and `data`. */
export function decodeEvent(row: Row): StoredEvent {
  const contactId = optionalText(row, 'contact_id')
  const conversationId = optionalText(row, 'conversation_id')
  const entrySeq = optionalNumber(row, 'entry_seq')
  const data = optionalText(row, 'data')
  return {
    position: number(row, 'position'),
    type: text(row, 'type') as EventType,
    at: number(row, 'at') as Instant,
    ...(contactId === undefined ? {} : { contactId: contactId as ContactId }),
    ...(conversationId === undefined ? {} : { conversationId: conversationId as ConversationId }),
    ...(entrySeq === undefined ? {} : { entrySeq }),
    ...(data === undefined ? {} : { data: JSON.parse(data) as Record<string, unknown> }),
  }
}
