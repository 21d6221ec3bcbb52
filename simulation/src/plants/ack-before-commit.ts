import type { Change, Decision, Store, Work } from '@beckon/core'
import type { Plant } from './plant.ts'

/** Answers as soon as a work is decided, and writes a little later: quick, and lost when the node dies in between. */
export const ackBeforeCommit: Plant = {
  name: 'ack-before-commit',
  store: (store, { life, chance }) => ({
    ...store,
    async transact<T>(work: Work<T>): Promise<T> {
      const decided = await onlyDecide(store, work)
      if (decided.changes.length > 0) {
        const { changes } = decided
        life.after(chance.between(20, 300), () => void store.transact({ need: {}, decide: () => ({ result: undefined, changes }) }).catch(() => undefined))
      }
      return decided.result
    },
  }),
}

/** What a work would do by what is stored now. */
async function onlyDecide<T>(store: Store, work: Work<T>): Promise<Decision<T>> {
  const nothing: readonly Change[] = []
  return store.transact({ need: work.need, decide: (found) => ({ result: work.decide(found), changes: nothing }) })
}
