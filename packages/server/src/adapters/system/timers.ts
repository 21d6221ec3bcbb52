import type { Timers } from '@beckon/core'

/** Node fires at once when asked to wait longer than this. */
const longestWait = 2 ** 31 - 1

/** Waiting that does not keep the process alive. */
export function createTimers(): Timers {
  return {
    after(wait, callback) {
      let left: number = wait
      let handle: NodeJS.Timeout
      const arm = (): void => {
        const step = Math.min(left, longestWait)
        left -= step
        handle = setTimeout(() => (left > 0 ? arm() : callback()), step)
        handle.unref()
      }
      arm()
      return () => clearTimeout(handle)
    },
  }
}
