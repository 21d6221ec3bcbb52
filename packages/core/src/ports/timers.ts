import type { Duration } from '../domain/instant.ts'

/** Waiting, in a hand that tests can move. */
export interface Timers {
  /** Calls back once after `wait`; the returned function takes it back. */
  after(wait: Duration, callback: () => void): () => void
}
