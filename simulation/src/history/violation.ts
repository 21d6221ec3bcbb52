import type { HistoryRecord } from './record.ts'

/** What the product promises, each by the name that a report uses. */
export const promises = {
  'acknowledged-is-durable': 'What was acknowledged is in the store, and was there before anybody was told.',
  'exactly-once': 'A client id, or an idempotency key, makes one message; nothing is shown twice to one view.',
  'order': 'A conversation has no gap, and everybody is shown it in its order.',
  'nothing-lost': 'Whoever is connected in the end has been shown everything.',
  'timers': 'A scheduled message is sent once, not before its time, and not after it was cancelled.',
  'idempotency': 'The same key with the same body gets the same answer.',
  'feed': 'Readers of the feed miss nothing, and nothing comes twice.',
  'closings-told': 'Whoever is connected in the end knows whether the conversation is open.',
  'no-bug': 'Nothing goes wrong inside that is no outage.',
} as const

export type Promised = keyof typeof promises

/** A promise that was broken, and the records that prove it. */
export interface Violation {
  readonly promise: Promised
  readonly what: string
  readonly proof: readonly HistoryRecord[]
}
