import type { ContactId, ConversationId, Entry, EntryId, EventEntry, Instant, MessageEntry } from '@beckon/core'
import { body, flag, number, optionalText, text, type Row } from './row.ts'

/** What is a column is not repeated in the body, and what the thread says is not repeated in its lines. */
export type EntryBody = Omit<MessageEntry, 'id' | 'seq' | 'at' | 'contactId' | 'conversationId' | 'clientId' | 'withdrawn'> | Omit<EventEntry, 'id' | 'seq' | 'at' | 'contactId' | 'conversationId'>

export interface EntryPlace {
  readonly contactId: ContactId
  readonly conversationId: ConversationId
  readonly seq: number
}

export function entryBody(entry: Entry): EntryBody {
  const { id: _id, seq: _seq, at: _at, contactId: _contact, conversationId: _conversation, ...rest } = entry
  if (rest.kind === 'event') return rest
  const { clientId: _client, withdrawn: _withdrawn, ...said } = rest
  return said
}

/** From a row with `id`, `at`, `client_id`, `withdrawn` and `body`. */
export function decodeEntry(row: Row, place: EntryPlace): Entry {
  const placed = { ...place, id: text(row, 'id') as EntryId, at: number(row, 'at') as Instant }
  const rest = body<EntryBody>(row)
  if (rest.kind === 'event') return { ...rest, ...placed }
  const clientId = optionalText(row, 'client_id')
  return {
    ...rest,
    ...placed,
    ...(clientId === undefined ? {} : { clientId }),
    ...(flag(row, 'withdrawn') ? { withdrawn: true } : {}),
  }
}
