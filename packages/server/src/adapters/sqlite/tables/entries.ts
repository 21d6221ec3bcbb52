import { autostart, invariant, wordlessEntry, type ContactId, type ConversationId, type Entry, type EntryId, type EntryRange } from '@beckon/core'
import { decodeEntry, entryBody } from '../../sql/entry-body.ts'
import { number, text, type Row } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'

/**
 * An entry's row id is its conversation's key and its seq in one number, so that a log lies together in the file
 * (docs/adr/0011-table-layout-and-thread.md). Both fit into a safe integer: 2^31 conversations of 2^22 entries.
 */
const placesEach = 2 ** 22

const columns = 'entries.place, entries.id, entries.at, entries.client_id, entries.withdrawn, entries.body'
const joined = `SELECT ${columns}, conversations.id AS conversation_id, contacts.id AS contact_id FROM entries
  JOIN conversations ON conversations.key = entries.place / ${String(placesEach)} JOIN contacts ON contacts.key = entries.contact_key`
const erasedAtATime = 500

export type Entries = ReturnType<typeof createEntries>

interface EntryIds {
  readonly contactId: ContactId
  readonly conversationId: ConversationId
}

export interface EntryPlace {
  readonly conversationKey: number
  readonly contactKey: number
}

export function createEntries(db: Connection) {
  const insert = db.prepare('INSERT INTO entries (place, id, at, contact_key, client_id, body) VALUES (?, ?, ?, ?, ?, ?)')
  const withdraw = db.prepare('UPDATE entries SET withdrawn = 1 WHERE place = ?')
  const rewrite = db.prepare('UPDATE entries SET client_id = NULL, body = ? WHERE place = ?')
  const byId = db.prepare(`${joined} WHERE entries.id = ?`)
  const byClientId = db.prepare(`${joined} WHERE entries.contact_key = ? AND entries.client_id = ?`)
  const byPlace = db.prepare(`${joined} WHERE entries.place = ?`)
  const ascending = db.prepare(`SELECT ${columns} FROM entries WHERE place > ? AND place < ? ORDER BY place LIMIT ?`)
  const descending = db.prepare(`SELECT ${columns} FROM entries WHERE place > ? AND place < ? ORDER BY place DESC LIMIT ?`)
  const shown = `place > ? AND place < ? AND (body ->> '$.event' = 'closed' OR (body ->> '$.kind' = 'message' AND withdrawn = 0)
    OR (body ->> '$.event' = 'started' AND body ->> '$.reason' = '${autostart}' AND body ->> '$.by.kind' = 'customer'))`
  const history = db.prepare(`SELECT ${columns} FROM entries WHERE ${shown} ORDER BY place DESC LIMIT ? OFFSET ?`)
  const count = db.prepare(`SELECT count(*) AS total FROM entries WHERE ${shown}`)

  return {
    append(entry: Entry, { conversationKey, contactKey }: EntryPlace): void {
      invariant(entry.seq < placesEach, `a conversation holds fewer than ${String(placesEach)} entries`)
      const clientId = entry.kind === 'message' ? entry.clientId : undefined
      insert.run(placeOf(conversationKey, entry.seq), entry.id, entry.at, contactKey, clientId ?? null, JSON.stringify(entryBody(entry)))
    },
    withdraw: (conversationKey: number, seq: number) => withdraw.run(placeOf(conversationKey, seq)),
    /** Takes the words out of a whole log, part by part, so that a long one does not fill the memory. */
    erase(conversationKey: number, ids: EntryIds): void {
      for (let seq = 0; ; seq += erasedAtATime) {
        const entries = ascending.all(placeOf(conversationKey, seq), placeOf(conversationKey + 1, 0), erasedAtATime).map((row) => decode(row, ids))
        for (const entry of entries) rewrite.run(JSON.stringify(entryBody(wordlessEntry(entry))), placeOf(conversationKey, entry.seq))
        if (entries.length < erasedAtATime) return
      }
    },
    find: (id: EntryId): Entry | undefined => decodeJoined(byId.get(id)),
    findByClientId: (contactKey: number, clientId: string): Entry | undefined => decodeJoined(byClientId.get(contactKey, clientId)),
    findBySeq: (conversationKey: number, seq: number): Entry | undefined => decodeJoined(byPlace.get(placeOf(conversationKey, seq))),
    range(conversationKey: number, ids: EntryIds, { after = 0, before, limit }: EntryRange): readonly Entry[] {
      const first = placeOf(conversationKey, after)
      const rows =
        before === undefined
          ? ascending.all(first, placeOf(conversationKey + 1, 0), limit)
          : descending.all(first, placeOf(conversationKey, Math.min(before, placesEach)), limit).toReversed()
      return rows.map((row) => decode(row, ids))
    },
    history(conversationKey: number, ids: EntryIds, { afterSeq, offset, limit }: { readonly afterSeq: number; readonly offset: number; readonly limit: number }) {
      const [first, end] = [placeOf(conversationKey, afterSeq), placeOf(conversationKey + 1, 0)]
      return {
        entries: history.all(first, end, limit, offset).map((row) => decode(row, ids)),
        total: number(count.get(first, end) ?? {}, 'total'),
      }
    },
  }
}

function placeOf(conversationKey: number, seq: number): number {
  return conversationKey * placesEach + seq
}

function decodeJoined(row: Row | undefined): Entry | undefined {
  if (!row) return undefined
  return decode(row, { contactId: text(row, 'contact_id') as ContactId, conversationId: text(row, 'conversation_id') as ConversationId })
}

function decode(row: Row, ids: EntryIds): Entry {
  return decodeEntry(row, { ...ids, seq: number(row, 'place') % placesEach })
}
