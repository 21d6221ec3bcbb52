import type { Instant } from '../domain/instant.ts'

/** The one source of time. */
export interface Clock {
  now(): Instant
}
