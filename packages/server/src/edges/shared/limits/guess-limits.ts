import type { Clock } from '@beckon/core'
import { createRateLimiter } from './rate-limiter.ts'

/** Keeps anybody from trying out secrets. Only failed attempts count in the end. */
export interface GuessLimits {
  /** Counts an attempt before it is judged, so that a thousand at once are no way around it; seconds to wait, or 0 to go on. */
  attempt(address: string, name: string): number
  /** It was no guess: the attempt does not count. */
  succeeded(address: string, name: string): void
}

/** Ten for one name from one address, then one in ten seconds; a hundred from one address over all names, then one a second. */
const perName = { perSecond: 0.1, burst: 10 }
const perAddress = { perSecond: 1, burst: 100 }

/** By address and name together, so that a stranger elsewhere cannot lock the owner of the name out. */
export function createGuessLimits(clock: Clock): GuessLimits {
  const byName = createRateLimiter(perName, clock)
  const byAddress = createRateLimiter(perAddress, clock)
  return {
    attempt(address, name) {
      const taken = [byName.take(`${address} ${name}`), byAddress.take(address)]
      return Math.max(0, ...taken.map(({ isAllowed, resetSeconds }) => (isAllowed ? 0 : resetSeconds)))
    },
    succeeded(address, name) {
      byName.giveBack(`${address} ${name}`)
      byAddress.giveBack(address)
    },
  }
}
