import { days, plus } from '../domain/instant.ts'
import { refuse, type Result } from '../domain/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Change, Decision, Found, Need, Store } from '../ports/store.ts'

/** The caller's `Idempotency-Key`, already bound to who is asking, and a hash of what is asked. */
export interface Idempotency {
  readonly key: string
  readonly fingerprint: string
}

/** A result that may be the remembered one of an earlier, identical request. */
export type Outcome<T> = Result<T> & { readonly replayed?: true }

export const noChanges: readonly Change[] = []

const rememberAnswersFor = days(3)

/**
 * One transaction whose successful answer is remembered with the change itself, so that a repeated request is answered
 * alike even after a crash between the commit and the answer. Refusals changed nothing and are not remembered: the
 * same key may succeed once the cause is gone.
 */
export function transactOnce<T>(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  need: Need,
  idempotency: Idempotency | undefined,
  decide: (found: Found) => Decision<Result<T>>,
): Promise<Outcome<T>> {
  if (!idempotency) return store.transact({ need, decide })
  return store.transact<Outcome<T>>({
    need: { ...need, idempotencyKey: idempotency.key },
    decide: (found) => {
      if (found.answer) return { result: recall<T>(found.answer, idempotency), changes: noChanges }
      const decision = decide(found)
      if (!decision.result.ok) return decision
      const answer = { ...idempotency, value: decision.result.value, expiresAt: plus(clock.now(), rememberAnswersFor) }
      return { result: decision.result, changes: [...decision.changes, { kind: 'put-answer', answer }] }
    },
  })
}

function recall<T>(answer: { readonly fingerprint: string; readonly value: unknown }, asked: Idempotency): Outcome<T> {
  if (answer.fingerprint !== asked.fingerprint) return refuse({ code: 'idempotency_key_reused' })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same key with the same fingerprint is the same command, and this was its answer
  return { ok: true, value: answer.value as T, replayed: true }
}
