import type { GuestSurroundings } from '../guest-surroundings.ts'

/** Time that stands still until it is told to move, and chance that repeats. */
export interface FakeSurroundings extends GuestSurroundings {
  /** Runs everything that is due within `ms`, in order, and lets promises settle in between. */
  readonly pass: (ms: number) => Promise<void>
}

interface Timer {
  readonly at: number
  readonly task: () => void
}

export function fakeSurroundings(random: () => number = () => 0.5): FakeSurroundings {
  let now = Date.UTC(2026, 2, 4, 10, 0, 0)
  let ids = 0
  const timers = new Set<Timer>()
  const nextBefore = (end: number): Timer | undefined =>
    [...timers].filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0]
  return {
    now: () => now,
    random,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    schedule: (delayMs, task) => {
      const timer = { at: now + Math.max(0, delayMs), task }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    pass: async (ms) => {
      const end = now + ms
      await settled()
      for (let timer = nextBefore(end); timer !== undefined; timer = nextBefore(end)) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.task()
        await settled()
      }
      now = end
    },
  }
}

/** Everything that only waits for promises is done after a few rounds of the microtask queue. */
async function settled(): Promise<void> {
  for (let round = 0; round < 10; round += 1) await Promise.resolve()
}
