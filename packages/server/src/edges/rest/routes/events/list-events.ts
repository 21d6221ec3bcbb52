import { ok, type Reader, type Result } from '@beckon/core'
import type { Call, Handler } from '../../../shared/operation/operation-call.ts'
import type { EventCursors } from '../../feed/event-cursor.ts'
import type { EventFeed } from '../../feed/event-feed.ts'
import { waitForEvents } from '../../feed/wait-for-events.ts'
import { readCursor, readEventFilter } from '../../read/event-request.ts'
import { renderEvent } from '../../render/event.ts'
import { linkNext, nextUri } from '../../render/page.ts'
import type { RestDeps } from '../../rest-deps.ts'

export interface FeedDeps extends Pick<RestDeps, 'reader' | 'timers'> {
  readonly feed: EventFeed
  readonly cursors: EventCursors
}

const defaultLimit = 100

export function listEvents(deps: FeedDeps): Handler<'list-events'> {
  return async ({ path, query, reply }) => {
    const { limit = defaultLimit, wait = 0 } = query
    const position = await startOf(deps, query)
    if (!position.ok) return position
    const page = await waitForEvents(deps, {
      position: position.value,
      limit,
      filter: readEventFilter(query),
      waitSeconds: wait,
      onGone: (callback) => void reply.raw.once('close', callback),
    })
    const cursor = deps.cursors.at(Math.max(page.through, position.value))
    const next = nextUri({ path, query }, { after: cursor })
    return {
      status: 200,
      body: { entities: page.events.map((event) => renderEvent(event, deps.cursors.at)), cursor, pageSize: limit, nextUri: next },
      headers: { link: linkNext(next) },
    }
  }
}

async function startOf({ reader, cursors }: { readonly reader: Reader; readonly cursors: EventCursors }, { after }: Call<'list-events'>['query']): Promise<Result<number>> {
  if (after === undefined) return ok(0)
  return after === 'latest' ? ok(await reader.lastPosition()) : readCursor(cursors, after, '?after')
}
