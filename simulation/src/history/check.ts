import { acknowledgedIsDurable } from './checks/acknowledged.ts'
import { closingsTold, nothingLost } from './checks/ends.ts'
import { exactlyOnce } from './checks/exactly-once.ts'
import { feedWhole } from './checks/feed.ts'
import { idempotencyHonoured } from './checks/idempotency.ts'
import { orderKept, viewsInOrder } from './checks/order.ts'
import { timersKept } from './checks/timers.ts'
import { factsOf, type Facts } from './facts.ts'
import type { HistoryRecord } from './record.ts'
import type { Violation } from './violation.ts'

const checks: readonly ((facts: Facts) => readonly Violation[])[] = [
  acknowledgedIsDurable, exactlyOnce, orderKept, viewsInOrder, nothingLost, timersKept, idempotencyHonoured, feedWhole, closingsTold, nothingBroke,
]

/** Every promise that a history shows to be broken; none for a history that keeps them all. */
export function checkHistory(history: readonly HistoryRecord[]): readonly Violation[] {
  const facts = factsOf(history)
  return checks.flatMap((check) => check(facts))
}

function nothingBroke({ broke }: Facts): readonly Violation[] {
  return broke.map((record) => ({ promise: 'no-bug', what: `${record.node ?? 'a node'} broke: ${record.error}`, proof: [record] }))
}
