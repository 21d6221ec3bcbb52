import type { Delivery, Route } from '../delivery/delivery.ts'
import type { Instant } from '../instant.ts'

/** What is known of the ways to one person. */
export interface Reach {
  readonly connections: number
}

interface Rung {
  readonly route: Route
  readonly climb: (reach: Reach, now: Instant) => Delivery | undefined
}

/**
 * The routes in the order they are tried. Live covers both an open socket and the return of the guest
 * (store and forward): it is always offered. A new route is a new rung.
 */
const rungs: readonly Rung[] = [
  {
    route: 'live',
    climb: ({ connections }, now) =>
      connections > 0
        ? { route: 'live', status: 'sent', at: now, connections }
        : { route: 'live', status: 'waiting', connections: 0, detail: 'stored; shown when the guest returns' },
  },
]

export function climb(reach: Reach, routes: readonly Route[] | undefined, now: Instant): readonly Delivery[] {
  return rungs
    .filter((rung) => rung.route === 'live' || !routes || routes.includes(rung.route))
    .map((rung) => rung.climb(reach, now))
    .filter((delivery) => delivery !== undefined)
}

/** Would anything reach the person now, without waiting for their return? */
export function isReachableNow(deliveries: readonly Delivery[]): boolean {
  return deliveries.some((delivery) => delivery.route !== 'live' || delivery.status === 'sent')
}
