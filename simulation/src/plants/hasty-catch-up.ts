import type { Hint, Store } from '@beckon/core'
import type { Plant, PlantedNode } from './plant.ts'

/** While a socket is brought up to date, nothing is heard of its conversation: what is committed meanwhile is lost to it. */
export const hastyCatchUp: Plant = {
  name: 'hasty-catch-up',
  store: (store, node) => ({ ...store, entries: counting(store, node) }),
  bus: (bus, node) => ({
    attend: (to) => bus.attend(to),
    publish: (hint) => bus.publish(hint),
    subscribe: (listener) => bus.subscribe((hint) => listener(withoutRead(hint, node))),
  }),
}

const reading = new WeakMap<PlantedNode, Map<string, number>>()

function readingOf(node: PlantedNode): Map<string, number> {
  const known = reading.get(node) ?? new Map<string, number>()
  reading.set(node, known)
  return known
}

function counting(store: Store, node: PlantedNode): Store['entries'] {
  const counts = readingOf(node)
  return async (id, range) => {
    counts.set(id, (counts.get(id) ?? 0) + 1)
    try {
      return await store.entries(id, range)
    } finally {
      node.life.after(node.chance.between(50, 400), () => counts.set(id, (counts.get(id) ?? 1) - 1))
    }
  }
}

function withoutRead(hint: Hint, node: PlantedNode): Hint {
  if (hint.kind !== 'committed') return hint
  const counts = readingOf(node)
  return { kind: 'committed', batch: hint.batch.filter(({ entries }) => !entries.some(({ entry }) => (counts.get(entry.conversationId) ?? 0) > 0)) }
}
