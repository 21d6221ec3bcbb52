import { ok, suffices, type Bus, type Result } from '@beckon/core'
import { operations } from '@beckon/protocol'
import type { Authenticate } from '../../../shared/authenticate.ts'
import type { ProblemDraft } from '../../../shared/http-refused.ts'
import type { Call, Handler } from '../../../shared/operation/operation-call.ts'
import { openEventStream } from '../../feed/event-stream.ts'
import { readCursor, readEventFilter } from '../../read/event-request.ts'
import type { FeedDeps } from './list-events.ts'

export interface StreamEventsDeps extends FeedDeps {
  readonly authenticate: Authenticate
  readonly bus: Bus
}

export function streamEvents(deps: StreamEventsDeps): Handler<'stream-events'> {
  return async (call) => {
    const after = placeOf(deps, call)
    if (!after.ok) return after
    const { reply, query, request } = call
    const isOpen = await openEventStream(deps, reply.raw, {
      filter: readEventFilter(query),
      ...(after.value === undefined ? {} : { after: after.value }),
      begin: () => reply.hijack().getHeaders(),
      isWelcome: async () => {
        const now = await deps.authenticate({ method: 'GET', headers: request.headers, hasTokenInQuery: false }, 'bearer')
        return now.ok && suffices(now.principal.scopes, operations['stream-events'].scopes)
      },
    })
    return isOpen ? { hijacked: true } : { ok: false, draft: draining }
  }
}

const draining: ProblemDraft = { code: 'unavailable', detail: 'The server is going away: connect again.', headers: { 'retry-after': '1' } }

/** A browser that reconnects says where it was by itself, so that counts before what the address says. */
function placeOf({ cursors }: FeedDeps, { query, request }: Call<'stream-events'>): Result<number | undefined> {
  const last = request.headers['last-event-id']
  if (typeof last === 'string' && last !== '') return readCursor(cursors, last, 'Last-Event-ID')
  return query.after === undefined || query.after === 'latest' ? ok(undefined) : readCursor(cursors, query.after, '?after')
}
