import type { FastifyInstance } from 'fastify'
import { spellingIds, spellings, type Spelling } from '@beckon/protocol'
import { createServe, type ServeDeps } from '../shared/operation/serve-operation.ts'
import { linksOf } from './links.ts'
import { respelled, type CanonicalHandlers } from './respelled.ts'
import { withoutNulls } from './without-nulls.ts'

export interface SpellingDeps extends ServeDeps {
  /** What the canonical operations do. */
  readonly handlers: CanonicalHandlers
}

/** Puts what the field writes on the server: each call is let in by its own row, and carried out as its canonical twin. */
export function registerSpellings(app: FastifyInstance, { handlers, ...deps }: SpellingDeps): void {
  // In a room of its own, so that the hooks are theirs alone.
  void app.register((room, _options, done) => {
    room.addHook('onRequest', (request, reply, next) => {
      const link = linksOf(request)
      if (link !== undefined) reply.header('link', link)
      next()
    })
    room.addHook('preHandler', (request, _reply, next) => {
      request.body = withoutNulls(request.body)
      next()
    })
    const serve = createServe(room, deps)
    for (const id of spellingIds) serve<Spelling>(spellings[id], respelled(spellings[id], handlers))
    done()
  })
}
