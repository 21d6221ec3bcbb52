import type { DomainEvent, EventFilter, StoredEvent, TellableEvent } from '@beckon/core'
import { decodeEvent, mostScanned } from '../../sql/event-row.ts'
import { number, text, type Row } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'
import type { Entries } from './entries.ts'

export type Events = ReturnType<typeof createEvents>

export function createEvents(db: Connection, entries: Entries) {
  const insert = db.prepare('INSERT INTO events (type, at, contact_key, conversation_key, entry_seq, data) VALUES (?, ?, ?, ?, ?, ?)')
  const last = db.prepare('SELECT coalesce(max(position), 0) AS position FROM events')
  const after = db.prepare(`SELECT position, type, events.at, conversation_key, entry_seq, data, contacts.id AS contact_id, conversations.id AS conversation_id
    FROM events LEFT JOIN contacts ON contacts.key = events.contact_key LEFT JOIN conversations ON conversations.key = events.conversation_key
    WHERE position > ? ORDER BY position LIMIT ?`)
  const erase = db.prepare('UPDATE events SET data = NULL WHERE contact_key = ? AND data IS NOT NULL')

  return {
    erase: (contactKey: number) => erase.run(contactKey),
    append(event: DomainEvent, keys: { readonly contactKey?: number | undefined; readonly conversationKey?: number | undefined }): StoredEvent {
      const { lastInsertRowid } = insert.run(
        event.type, event.at, keys.contactKey ?? null, keys.conversationKey ?? null, event.entrySeq ?? null,
        event.data === undefined ? null : JSON.stringify(event.data),
      )
      return { ...event, position: Number(lastInsertRowid) }
    },
    lastPosition: (): number => number(last.get() ?? {}, 'position'),
    after(position: number, limit: number, filter: EventFilter): { readonly events: readonly TellableEvent[]; readonly through: number } {
      const isFiltered = filter.types !== undefined || filter.contactId !== undefined || filter.conversationId !== undefined
      const rows = after.all(position, isFiltered ? mostScanned : limit)
      const events: TellableEvent[] = []
      let through = position
      for (const row of rows) {
        if (events.length === limit) break
        through = number(row, 'position')
        if (isWanted(row, filter)) events.push(tellable(row, entries))
      }
      return { events, through }
    },
  }
}

function isWanted(row: Row, { types, contactId, conversationId }: EventFilter): boolean {
  return (
    (types === undefined || types.includes(text(row, 'type'))) &&
    (contactId === undefined || row['contact_id'] === contactId) &&
    (conversationId === undefined || row['conversation_id'] === conversationId)
  )
}

function tellable(row: Row, entries: Entries): TellableEvent {
  const event = decodeEvent(row)
  const entry = event.entrySeq === undefined ? undefined : entries.findBySeq(number(row, 'conversation_key'), event.entrySeq)
  return entry ? { event, entry } : { event }
}
