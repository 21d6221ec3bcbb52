import type { Bus, Clock, Presence, Reader, Secrets, Timers, UseCases } from '@beckon/core'
import type { Authenticate } from '../shared/authenticate.ts'
import type { Rate } from '../shared/limits/rate-limiter.ts'

export interface RestDeps {
  readonly useCases: UseCases
  readonly reader: Reader
  readonly clock: Clock
  readonly secrets: Secrets
  readonly bus: Bus
  readonly presence: Presence
  readonly timers: Timers
  /** Scheme, host and port without a slash at the end. */
  readonly publicUrl: string
  readonly authenticate: Authenticate
  /** Requests per principal; `off` for as many as they like. */
  readonly rate?: Rate | 'off'
}
