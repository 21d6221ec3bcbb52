import { instant, type Clock } from '@beckon/core'
import { createSharedClock } from '@beckon/server/parts'
import type { Chance } from './chance.ts'
import type { Engine } from './engine.ts'
import type { Life } from './life.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface NodeClockGiven {
  readonly time: VirtualTime
  readonly life: Life
  readonly chance: Chance
  readonly engine: Engine
  /** How far the machine's clock is ahead, in ms. */
  readonly skew: number
  readonly isShared: boolean
}

/** The clock by which a node goes: its machine's, or where machines differ the store's, as far off as the store is. Rejects when that is away. */
export async function createNodeClock({ time, life, chance, engine, skew, isShared }: NodeClockGiven): Promise<Clock> {
  const wall = (): number => time.now() + skew
  if (skew === 0 || !isShared) return { now: () => instant(wall()) }
  const began = time.now()
  const clock = createSharedClock({ wall, elapsed: () => time.now() - began, timers: { after: (wait, ring) => life.after(wait, ring) }, onMeasured: () => undefined, onFailed: () => undefined })
  const trip = (): number => engine.trip(chance)
  await clock.follow(
    () =>
      new Promise((resolve, reject) => {
        life.after(trip(), () => {
          const told = instant(time.now())
          engine.store.ping().then(
            () => life.after(trip(), () => resolve(told)),
            (failure: unknown) => life.after(trip(), () => reject(failure)),
          )
        })
      }),
  )
  return clock
}
