import type { FastifyInstance } from 'fastify'
import { operationIds, operations, type OperationId } from '@beckon/protocol'
import { createAttachmentLinks } from '../shared/attachment-links.ts'
import { createRateLimiter, type Rate, type RateLimiter } from '../shared/limits/rate-limiter.ts'
import { createServe } from '../shared/operation/serve-operation.ts'
import { createEventCursors } from './feed/event-cursor.ts'
import { createEventFeed } from './feed/event-feed.ts'
import { eventFrame } from './feed/event-frame.ts'
import { createHandlers, type RestHandlers, type RestOperation } from './handlers.ts'
import type { RestDeps } from './rest-deps.ts'

export interface RestEdge {
  /** What every operation does once it is let in, for edges that translate into them. */
  readonly handlers: RestHandlers
  /** One count of a caller's requests, however they are spelled; absent: nobody counts. */
  readonly limiter: RateLimiter | undefined
  /** Ends event streams and long polls, for their callers to come back to another node. */
  drain(): void
}

/** What a program may ask when nobody says otherwise: far above what a well-behaved one needs. */
const defaultRate: Rate = { perSecond: 300, burst: 600 }

/** Puts the REST API on the server. */
export function registerRest(app: FastifyInstance, deps: RestDeps): RestEdge {
  const { reader, bus, timers, clock, secrets, rate = defaultRate } = deps
  const cursors = createEventCursors(reader, secrets)
  const feed = createEventFeed({ reader, bus, timers, renderFrame: (event) => eventFrame(event, cursors) })
  const limiter = rate === 'off' ? undefined : createRateLimiter(rate, clock)
  const serve = createServe(app, { ...deps, limiter })
  const handlers = createHandlers({ ...deps, feed, cursors, links: createAttachmentLinks({ ...deps, publicUrl: () => deps.publicUrl }) })
  const serveOne = <K extends RestOperation>(id: K): void => serve(operations[id], handlers[id])
  for (const id of operationIds) if (isServedBy(handlers, id)) serveOne(id)
  // Node closes a server only when its last response has ended, and a stream never ends by itself.
  app.addHook('preClose', async () => feed.drain())
  return { handlers, limiter, drain: () => feed.drain() }
}

function isServedBy(handlers: RestHandlers, id: OperationId): id is RestOperation {
  return Object.hasOwn(handlers, id)
}
