import type { ProactiveId } from '../domain/ids.ts'
import type { Instant } from '../domain/instant.ts'
import { must } from '../domain/invariant.ts'
import type { ProactiveMessage } from '../domain/proactive/proactive.ts'
import { notFound, type Result } from '../domain/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Decision, Store } from '../ports/store.ts'
import { transactOnce, type Idempotency, type Outcome } from './transact-once.ts'

export interface ProactiveDeps {
  readonly store: Store
  readonly clock: Clock
}

/** One transaction about a message that was accepted before. Refuses with `not_found`. */
export async function decideOnProactive(
  deps: ProactiveDeps,
  asked: { readonly id: ProactiveId; readonly idempotency?: Idempotency },
  decide: (message: ProactiveMessage, now: Instant) => Decision<Result<ProactiveMessage>>,
): Promise<Outcome<ProactiveMessage>> {
  const known = await deps.store.proactive(asked.id)
  if (!known) return notFound('proactive message', asked.id)
  return transactOnce(deps, { contactId: known.contactId, proactiveId: asked.id }, asked.idempotency, ({ proactive }) =>
    decide(must(proactive, 'a message that was accepted stays'), deps.clock.now()),
  )
}
