import type { Reader, Store } from '@beckon/core'
import type { Plant, PlantedNode } from './plant.ts'

/** How many of a hundred events are written by a slow transaction. */
const slowShare = 15
const slowMs = 400

/**
 * Places in the feed are given out before the commit, and readers take what is there: whoever reads past a slow writer's
 * place before it is filled never comes back for it.
 */
export const skippingCursor: Plant = {
  name: 'skipping-cursor',
  store: (store, node) => ({ ...store, events: skipping(store, node) }),
}

function skipping(store: Store, { clock }: PlantedNode): Reader['events'] {
  return async (position, limit, filter) => {
    const { events, through } = await store.events(position, limit, filter)
    const now = clock.now()
    const isThere = ({ position: place, at }: { readonly position: number; readonly at: number }): boolean => (place * 7919) % 100 >= slowShare || now - at > slowMs
    return { events: events.filter(({ event }) => isThere(event)), through }
  }
}
