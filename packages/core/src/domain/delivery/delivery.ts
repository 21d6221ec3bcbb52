import type { Instant } from '../instant.ts'
import type { DeliveryStep } from './transitions.ts'

export type Route = 'live' | 'webpush' | 'email' | 'hook'
export type DeliveryStatus = 'waiting' | 'sent' | 'delivered' | 'seen' | 'failed' | 'cancelled'

/** One attempt to bring one message to one person by one route. */
export interface Delivery {
  readonly route: Route
  readonly status: DeliveryStatus
  /** When the status was reached; for `waiting`, when the rung is due, if it waits for a time and not for a return. */
  readonly at?: Instant
  /** Live sockets at the moment of sending. */
  readonly connections?: number
  readonly detail?: string
}

export type { DeliveryStep }
