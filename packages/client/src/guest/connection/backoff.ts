const firstMs = 1000
const longestMs = 30_000
const floorMs = 100

/**
 * Pause before the next attempt to connect. Full jitter: after a server restart all its guests come at once, and only a
 * pause drawn from the whole range spreads them evenly. `attempt` counts from 0.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10))
  return Math.round(floorMs + random() * (ceiling - floorMs))
}
