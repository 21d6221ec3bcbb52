import type { Clock } from '@beckon/core'
import { createBoundedMap } from '../bounded-map.ts'

/** A token bucket: `perSecond` in the long run, `burst` at once. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

export interface Taken {
  readonly isAllowed: boolean
  /** How many more may be taken right now. */
  readonly left: number
  /** Whole seconds until the bucket is full again, or until one may be taken when none is left. */
  readonly resetSeconds: number
}

export interface RateLimiter {
  /** The `RateLimit-Policy` of every answer. */
  readonly policy: string
  take(key: string): Taken
  /** Takes back what turned out not to count. */
  giveBack(key: string): void
}

interface Bucket {
  tokens: number
  at: number
}

const mostBuckets = 20_000

export function createRateLimiter(rate: Rate, clock: Clock): RateLimiter {
  const buckets = createBoundedMap<string, Bucket>(mostBuckets)
  const fill = (key: string): Bucket => {
    const now = clock.now()
    const known = buckets.get(key)
    if (!known) {
      const bucket = { tokens: rate.burst, at: now }
      buckets.set(key, bucket)
      return bucket
    }
    known.tokens = Math.min(rate.burst, known.tokens + (Math.max(0, now - known.at) / 1000) * rate.perSecond)
    known.at = now
    return known
  }
  const told = ({ tokens }: Bucket, isAllowed: boolean): Taken => ({
    isAllowed,
    left: Math.floor(tokens),
    resetSeconds: Math.ceil((isAllowed ? rate.burst - tokens : 1 - tokens) / rate.perSecond),
  })
  return {
    policy: `"default";q=${rate.burst};w=${Math.max(1, Math.ceil(rate.burst / rate.perSecond))}`,
    take(key) {
      const bucket = fill(key)
      if (bucket.tokens < 1) return told(bucket, false)
      bucket.tokens -= 1
      return told(bucket, true)
    },
    giveBack(key) {
      const bucket = fill(key)
      bucket.tokens = Math.min(rate.burst, bucket.tokens + 1)
    },
  }
}
