/** How stubborn the SDK is. The defaults ride out a restart of the server. */
export interface RetryPolicy {
  /** Tries after the first one. Default 5; 0 turns retrying off. */
  readonly retries: number
  /** The first pause lies between 0 and this; each following one may be twice as long. Default 250 ms. */
  readonly firstPauseMs: number
  /** No pause that the SDK chooses is longer. Default 10 s. */
  readonly longestPauseMs: number
  /** When the server asks for a longer pause than this, the refusal is handed to the caller at once. Default 60 s. */
  readonly longestRetryAfterMs: number
}

export const defaultRetryPolicy: RetryPolicy = {
  retries: 5,
  firstPauseMs: 250,
  longestPauseMs: 10_000,
  longestRetryAfterMs: 60_000,
}

/** What became of one try. `code` is that of the problem, when there was one. */
export type FailedTry =
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'answer'; readonly status: number; readonly code: string; readonly retryAfterMs: number | undefined }

/**
 * Milliseconds to pause before trying again, or undefined when trying again is pointless. Every call that is retried is
 * either free of side effects or carries an `Idempotency-Key`, so a retry after a lost answer is never a second message.
 */
export function pauseBeforeRetry(
  failed: FailedTry,
  attempt: number,
  policy: RetryPolicy,
  random: () => number,
): number | undefined {
  if (attempt > policy.retries) return undefined
  const chosen = Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** (attempt - 1)) * random()
  if (failed.kind === 'no-answer') return chosen
  if (!isPassing(failed.status, failed.code)) return undefined
  if (failed.retryAfterMs === undefined) return chosen
  // The server's word is a minimum; the jitter on top keeps all its callers from returning in the same instant.
  return failed.retryAfterMs > policy.longestRetryAfterMs ? undefined : failed.retryAfterMs + chosen
}

/** RFC 9110 section 10.2.3: seconds, or an HTTP date. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function isPassing(status: number, code: string): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504 || code === 'idempotency_in_progress'
}
