import { autostart, type ContactId, type ConversationId, type Entry, type EntryRange, type MessageEntry, type Reader } from '@beckon/core'
import { decodeEntry } from '../../sql/entry-body.ts'
import { number, text, type Row } from '../../sql/row.ts'
import { asInteger } from '../connect.ts'
import type { Query } from './query.ts'

type LogReader = Pick<Reader, 'entries' | 'message' | 'guestHistory'>

const columns = 'conversation_id, seq, id, at, contact_id, client_id, withdrawn, body'

/** Word for word as in the index `entries_hidden`. */
const hidden = `(is_event OR withdrawn) AND NOT (is_event AND (
  coalesce(body ->> 'event', '') = 'closed'
  OR (coalesce(body ->> 'event', '') = 'started' AND coalesce(body ->> 'reason', '') = '${autostart}' AND coalesce(body -> 'by' ->> 'kind', '') = 'customer')))`

/** Logs of conversations. */
export function createLogReader(query: Query): LogReader {
  return {
    entries: (conversationId, range) => readRange(query, conversationId, range),
    message: (id) => readMessage(query, id),
    guestHistory: (conversationId, page) => readHistory(query, conversationId, page),
  }
}

/** From a row with all `columns` of an entry. */
export function entryOf(row: Row): Entry {
  return decodeEntry(row, { contactId: text(row, 'contact_id') as ContactId, conversationId: text(row, 'conversation_id') as ConversationId, seq: number(row, 'seq') })
}

async function readRange(query: Query, conversationId: ConversationId, { after = 0, before, limit }: EntryRange): Promise<readonly Entry[]> {
  const select = `SELECT ${columns} FROM entries WHERE conversation_id = $1 AND seq > $2`
  if (before === undefined) return (await query.rows('entries', `${select} ORDER BY seq LIMIT $3`, [conversationId, asInteger(after), limit])).map(entryOf)
  const rows = await query.rows('entries_before', `${select} AND seq < $4 ORDER BY seq DESC LIMIT $3`, [conversationId, asInteger(after), limit, asInteger(before)])
  return rows.map(entryOf).toReversed()
}

async function readMessage(query: Query, id: string): Promise<MessageEntry | undefined> {
  const row = await query.first('message', `SELECT ${columns} FROM entries WHERE id = $1`, [id])
  const entry = row && entryOf(row)
  return entry?.kind === 'message' ? entry : undefined
}

/**
 * A log has no gaps, so what is shown of it is its length less what is hidden: a look at its end and at the index of the few hidden
 * ones, instead of at every line. The count comes beside each line, and alone where no line does.
 */
async function readHistory(query: Query, conversationId: ConversationId, { afterSeq, offset, limit }: Parameters<Reader['guestHistory']>[1]) {
  const rows = await query.rows(
    'guest_history',
    `SELECT total, line.* FROM (SELECT coalesce(max(seq), $2) - $2 - (SELECT count(*) FROM entries WHERE conversation_id = $1 AND seq > $2 AND ${hidden}) AS total
      FROM entries WHERE conversation_id = $1 AND seq > $2) AS counted
    LEFT JOIN (SELECT ${columns} FROM entries WHERE conversation_id = $1 AND seq > $2 AND NOT (${hidden}) ORDER BY seq DESC LIMIT $3 OFFSET $4) AS line ON true
    ORDER BY seq DESC`,
    [conversationId, asInteger(afterSeq), limit, asInteger(offset)],
  )
  return { entries: rows.filter((row) => row['seq'] !== null).map(entryOf), total: number(rows[0] ?? { total: 0 }, 'total') }
}
