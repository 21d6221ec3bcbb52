/** What the SDK needs of the machine it runs on. Tests hand in their own; everyone else gets {@link systemSurroundings}. */
export interface Surroundings {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A number from 0 (inclusive) to 1 (exclusive): spreads retries so that many callers do not come back at once. */
  readonly random: () => number
  /** A fresh unguessable id, used as `Idempotency-Key`. */
  readonly newId: () => string
  /** Resolves after `milliseconds`; rejects with the signal's reason when it aborts first. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}
