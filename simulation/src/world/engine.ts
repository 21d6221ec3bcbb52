import { instant, type Committed, type Work } from '@beckon/core'
import { createMemoryStore, type MemoryStore } from '@beckon/core/testing'
import type { Chance } from './chance.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Work of a node on its way into a commit, and how to tell its caller what came of it. */
export interface Waiting {
  readonly need: Work<unknown>['need']
  readonly decide: Work<unknown>['decide']
  readonly settle: (outcome: PromiseSettledResult<unknown>) => void
}

export interface Commit {
  readonly outcomes: readonly PromiseSettledResult<unknown>[]
  readonly told: readonly Committed[]
}

/** The one store that all nodes share: the core's memory store, some way off. */
export interface Engine {
  readonly store: MemoryStore
  readonly isAway: boolean
  /** All of it becomes durable now, in one commit. */
  commit(works: readonly Waiting[]): Promise<Commit>
  /** How long a statement is on its way to the store, or its answer back, in ms. */
  trip(chance: Chance): number
  slowDown(factor: number): void
  goAway(): void
  comeBack(): void
}

export function createEngine(time: VirtualTime): Engine {
  const store = createMemoryStore({ clock: { now: () => instant(time.now()) } })
  let isAway = false
  let slowness = 1
  return {
    store,
    get isAway() {
      return isAway
    },
    async commit(works) {
      const told: Committed[] = []
      const stop = store.onCommitted((batch) => told.push(...batch))
      const outcomes = await Promise.allSettled(works.map(({ need, decide }) => store.transact({ need, decide })))
      stop()
      return { outcomes, told }
    },
    // Most trips are short and some are long, as on a network.
    trip: (chance) => slowness * (chance.percent(90) ? chance.between(1, 6) : chance.between(6, 150)),
    slowDown(factor) {
      slowness = factor
    },
    goAway() {
      isAway = true
      store.goAway()
    },
    comeBack() {
      isAway = false
      store.comeBack()
    },
  }
}
