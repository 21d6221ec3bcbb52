import type { Instant } from '@beckon/core'

/** A rate limit: `burst` at once, refilled at `perSecond`. A record and not a closure, because every idle socket holds some. */
export interface Bucket {
  readonly burst: number
  readonly perSecond: number
  level: number
  at: number
  /** How many were refused in a row: a client that does not slow down is no client. */
  refusedInARow: number
}

export function createBucket({ burst, perSecond }: Pick<Bucket, 'burst' | 'perSecond'>): Bucket {
  return { burst, perSecond, level: burst, at: 0, refusedInARow: 0 }
}

/** Seconds until the next is allowed; 0 when this one was. */
export function takeFrom(bucket: Bucket, now: Instant): number {
  const { burst, perSecond, at } = bucket
  bucket.level = Math.min(burst, bucket.level + ((now - at) / 1000) * perSecond)
  bucket.at = now
  if (bucket.level >= 1) {
    bucket.level -= 1
    bucket.refusedInARow = 0
    return 0
  }
  bucket.refusedInARow += 1
  return (1 - bucket.level) / perSecond
}
