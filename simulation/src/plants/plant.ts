import type { Bus, Clock, Store } from '@beckon/core'
import type { Chance } from '../world/chance.ts'
import type { Life } from '../world/life.ts'

/** A bug put into every node from outside, to see that the checker finds it. */
export interface Plant {
  readonly name: string
  /** The store as the node is to see it. */
  readonly store?: (store: Store, node: PlantedNode) => Store
  /** The bus as the guests' edge is to hear it. */
  readonly bus?: (bus: Bus, node: PlantedNode) => Bus
  /** Each node goes by the clock of its own machine. */
  readonly clocks?: 'own'
  /** What the node's follower of the feed reads. */
  readonly followed?: (store: Store, node: PlantedNode) => Store
}

export interface PlantedNode {
  readonly life: Life
  readonly chance: Chance
  readonly clock: Clock
}

export const nothing: Plant = { name: 'nothing' }
