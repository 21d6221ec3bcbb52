import { ok, refuse, toId, type EventFilter, type Result } from '@beckon/core'
import type { EventCursors } from '../feed/event-cursor.ts'

export interface EventQuery {
  readonly types?: string
  readonly conversationId?: string
  readonly contactId?: string
}

export function readEventFilter({ types, conversationId, contactId }: EventQuery): EventFilter {
  return {
    ...(types === undefined ? {} : { types: types.split(',') }),
    ...(conversationId === undefined ? {} : { conversationId: toId(conversationId) }),
    ...(contactId === undefined ? {} : { contactId: toId(contactId) }),
  }
}

/** The position that a cursor stands for. `pointer` is where the caller wrote it. */
export function readCursor(cursors: EventCursors, cursor: string, pointer: string): Result<number> {
  const position = cursors.parse(cursor)
  if (typeof position === 'number') return ok(position)
  const detail = position === 'malformed'
    ? 'is not a cursor of this feed: take it from an earlier answer'
    : 'is a cursor of another log: this server was restored from a backup. Start again without it, or with latest'
  return refuse({ code: 'invalid_request', faults: [{ pointer, detail }] })
}
