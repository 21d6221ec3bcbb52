import { instant, type Clock } from '@beckon/core'

/**
 * Wall time that never goes back. When the machine's clock is set back, time goes on at half speed until the wall has
 * caught up: entries stay in order, waits still end, and no appointment is kept twice.
 */
export function createSystemClock(wall: () => number = Date.now, elapsed: () => number = () => performance.now()): Clock {
  let last = wall()
  let lastElapsed = elapsed()
  return {
    now() {
      const at = wall()
      const since = elapsed()
      last = at >= last ? at : last + (since - lastElapsed) / 2
      lastElapsed = since
      return instant(Math.floor(last))
    },
  }
}
