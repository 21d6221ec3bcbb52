import type { EventFilter, Reader, TellableEvent } from '@beckon/core'
import { decodeEvent, mostScanned } from '../sql/event-row.ts'
import { number, optionalNumber, type Row } from '../sql/row.ts'
import { createConditions } from './reading/conditions.ts'
import { entryOf } from './reading/log.ts'
import type { Query } from './reading/query.ts'

type Feed = Pick<Reader, 'events' | 'lastPosition'>

/**
 * The oldest transaction of this database that is still under way, or the one that comes next: every event of an older one is there to be
 * seen, and whatever is still to come has a later position (docs/adr/0032-feed-order-and-the-horizon.md). Transactions of which the
 * engine says that they are another database's cannot bring any; of which it says nothing, they might.
 */
const horizon = `SELECT coalesce(
    (SELECT running.xid FROM (SELECT pg_snapshot_xip(pg_current_snapshot())) AS running (xid)
      WHERE NOT EXISTS (SELECT FROM pg_stat_get_activity(NULL) AS other WHERE other.backend_xid = running.xid::xid
        AND other.datid <> (SELECT oid FROM pg_database WHERE datname = current_database()))
      ORDER BY running.xid LIMIT 1),
    pg_snapshot_xmax(pg_current_snapshot()))`

/** What was there when this log came into this cluster has writers that mean nothing here, and is all there. */
const isShown = (settled: string): string => `(position <= ${settled} OR writer < (${horizon}))`

/** Each event with its line, looked up one by one: a plan for any number of events would rather read whole tables. */
const told = `told.position, told.type, told.at, told.conversation_id, told.entry_seq, told.data,
  coalesce(told.contact_id, (SELECT contact_id FROM conversations WHERE conversations.id = told.conversation_id)) AS contact_id,
  line.seq, line.id, line.at AS said_at, line.contact_id AS said_of, line.client_id, line.withdrawn, line.body`
const withLine = `LEFT JOIN LATERAL (
    SELECT seq, id, at, contact_id, client_id, withdrawn, body FROM entries WHERE entries.conversation_id = told.conversation_id AND entries.seq = told.entry_seq OFFSET 0
  ) AS line ON true`

/** `settled` is the position up to which everything is there, whatever the writers say. */
export function createFeed(query: Query, settled: () => number): Feed {
  return {
    async events(position, limit, filter) {
      const isFiltered = filter.types !== undefined || filter.contactId !== undefined || filter.conversationId !== undefined
      return isFiltered ? readFiltered({ query, settled: settled() }, position, limit, filter) : readAll({ query, settled: settled() }, position, limit)
    },
    async lastPosition() {
      const row = await query.first('last_position', `SELECT position FROM events WHERE ${isShown('$1')} ORDER BY position DESC LIMIT 1`, [settled()])
      return row ? number(row, 'position') : 0
    },
  }
}

interface From {
  readonly query: Query
  readonly settled: number
}

async function readAll({ query, settled }: From, position: number, limit: number): ReturnType<Reader['events']> {
  const next = `SELECT * FROM events WHERE position > $1 AND ${isShown('$2')} ORDER BY position LIMIT $3`
  const rows = await query.rows('events', `SELECT ${told} FROM (${next}) AS told ${withLine} ORDER BY told.position`, [position, settled, limit])
  const events = rows.map(tellable)
  return { events, through: events.at(-1)?.event.position ?? position }
}

/** Looks through a part of the feed, wanted or not, and says how far it looked; a row without an event says only that. */
async function readFiltered({ query, settled }: From, position: number, limit: number, filter: EventFilter): ReturnType<Reader['events']> {
  const wanted = createConditions()
  const scanned = `SELECT position, type, contact_id, conversation_id FROM events
    WHERE position > ${wanted.place(position)} AND ${isShown(wanted.place(settled))} ORDER BY position LIMIT ${String(mostScanned)}`
  if (filter.types !== undefined) wanted.add('type', 'type = ANY (?::text[])', filter.types)
  if (filter.conversationId !== undefined) wanted.add('conversation', 'conversation_id = ?', filter.conversationId)
  if (filter.contactId !== undefined) wanted.add('contact', '(contact_id = ? OR conversation_id IN (SELECT id FROM conversations WHERE contact_id = ?))', filter.contactId)
  const matching = `SELECT position FROM scanned ${wanted.where()} ORDER BY position LIMIT ${wanted.place(limit)}`
  const rows = await query.rows(
    wanted.nameOf('events_of'),
    `WITH scanned AS MATERIALIZED (${scanned}), matching AS MATERIALIZED (${matching})
    SELECT (SELECT max(position) FROM scanned) AS through, found.* FROM (VALUES (1)) AS one
    LEFT JOIN (SELECT ${told} FROM matching JOIN events AS told ON told.position = matching.position ${withLine}) AS found ON true ORDER BY found.position`,
    wanted.values,
  )
  const events = rows.filter((row) => row['position'] !== null).map(tellable)
  const last = events.at(-1)
  // With as many as were asked for, there may be more of them before the end of what was looked through.
  const through = last && events.length === limit ? last.event.position : optionalNumber(rows[0] ?? { through: null }, 'through')
  return { events, through: through ?? position }
}

function tellable(row: Row): TellableEvent {
  const event = decodeEvent(row)
  return row['seq'] === null ? { event } : { event, entry: entryOf({ ...row, at: row['said_at'], contact_id: row['said_of'] }) }
}
