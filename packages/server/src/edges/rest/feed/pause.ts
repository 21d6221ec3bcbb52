import { milliseconds, type Timers } from '@beckon/core'

/** What was heard of is shown by the store as soon as older transactions have ended. */
const lookAgainAfter = milliseconds(25)

/** Before the store is asked once more for what it has to show soon. */
export function pause(timers: Timers): Promise<void> {
  return new Promise((resolve) => void timers.after(lookAgainAfter, resolve))
}
