import type { Instant } from '@beckon/core'

/** A rate limit: `burst` at once, refilled at `perSecond`. */
export interface Bucket {
  /** Seconds until the next is allowed; 0 when this one was. */
  take(now: Instant): number
  /** How many were refused in a row: a client that does not slow down is no client. */
  readonly refusedInARow: number
}

export function createBucket({ burst, perSecond }: { readonly burst: number; readonly perSecond: number }): Bucket {
  let level = burst
  let at = 0
  let refusedInARow = 0
  return {
    take(now) {
      level = Math.min(burst, level + ((now - at) / 1000) * perSecond)
      at = now
      if (level >= 1) {
        level -= 1
        refusedInARow = 0
        return 0
      }
      refusedInARow += 1
      return (1 - level) / perSecond
    },
    get refusedInARow() {
      return refusedInARow
    },
  }
}
