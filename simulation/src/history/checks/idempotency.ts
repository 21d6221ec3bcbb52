import { named, push, recordsOf, type CallNamed, type Facts, type Operation } from '../facts.ts'
import type { Answer } from '../record.ts'
import type { Violation } from '../violation.ts'

const promise = 'idempotency'

type Keyed = Operation<CallNamed<'send' | 'close' | 'reopen'>>

/** These say something about the moment and nothing about the request. */
const passing: ReadonlySet<string> = new Set(['connection_refused', 'unavailable', 'idempotency_in_progress', 'rate_limited', 'timeout'])

/** All attempts under one key that were answered were answered alike, and one of them did it. */
export function idempotencyHonoured({ operations }: Facts): readonly Violation[] {
  const byKey = new Map<string, Keyed[]>()
  for (const operation of named(operations, 'send', 'close', 'reopen')) {
    const { key, name } = operation.invoke.call
    if (key !== undefined) push(byKey, `${name} ${key}`, operation)
  }
  return [...byKey].flatMap(([key, attempts]) => judge(key, attempts))
}

function judge(key: string, attempts: readonly Keyed[]): readonly Violation[] {
  const answers = attempts.flatMap(({ settled }) => (settled?.kind === 'ok' ? [settled] : []))
  const proof = recordsOf(attempts)
  const found: Violation[] = []
  if (new Set(answers.map(({ answer }) => faceOf(answer))).size > 1) found.push({ promise, what: `“${key}” was answered in different ways`, proof })
  if (answers.filter(({ answer }) => !answer.replayed).length > 1) found.push({ promise, what: `“${key}” was done ${String(answers.length)} times by what was answered`, proof })
  const first = Math.min(...attempts.map(({ settled, settledIndex }) => (settled?.kind === 'ok' ? settledIndex : Infinity)))
  const late = attempts.find(({ index, settled }) => index > first && settled?.kind === 'fail' && !passing.has(settled.code))
  if (late?.settled?.kind === 'fail') found.push({ promise, what: `“${key}” was refused with ${late.settled.code} after it had been done`, proof })
  return found
}

function faceOf({ messageId, proactiveId, conversationId, status }: Answer): string {
  return JSON.stringify([messageId, proactiveId, conversationId, status])
}
