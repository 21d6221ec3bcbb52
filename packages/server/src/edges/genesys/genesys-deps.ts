import type { Bus, Clock, IdSource, Presence, Reader, Secrets, Timers, UseCases } from '@beckon/core'
import type { Authenticate } from '../shared/authenticate.ts'
import type { RateLimiter } from '../shared/limits/rate-limiter.ts'
import type { EdgeLog } from '../shared/problem/error-draft.ts'

export interface GenesysDeps {
  readonly useCases: UseCases
  readonly reader: Reader
  readonly clock: Clock
  readonly ids: IdSource
  readonly secrets: Secrets
  readonly bus: Bus
  readonly presence: Presence
  readonly timers: Timers
  readonly log: EdgeLog
  /** Scheme, host and port without a slash at the end. */
  readonly publicUrl: string
  readonly authenticate: Authenticate
  /** Requests per principal, whichever edge they call; absent: as many as they like. */
  readonly limiter: RateLimiter | undefined
}
