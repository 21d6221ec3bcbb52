import type { ProactiveMessage, Store, Work } from '@beckon/core'
import type { Plant } from './plant.ts'

/**
 * A due timer is taken by whoever sees it, as it was when it was seen, and dropped when its work is done: two nodes that
 * see it both do it.
 */
export const doubleClaim: Plant = {
  name: 'double-claim',
  store(store, { life, chance }) {
    const seen = new Map<string, ProactiveMessage>()
    return {
      ...store,
      async claimTimers(now, _lease, limit) {
        // A lease that has run out before it began.
        const claimed = await store.claimTimers(now, minusOne, limit)
        for (const { job } of claimed) {
          if (job.kind !== 'send') continue
          const message = await store.proactive(job.proactiveId)
          if (message) seen.set(job.proactiveId, message)
        }
        return claimed
      },
      transact: <T>(work: Work<T>): Promise<T> => keep(store, work, { seen, later: (drop) => void life.after(chance.between(10, 200), drop) }),
    }
  },
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a length of time, in ms
const minusOne = -1 as Parameters<Store['claimTimers']>[1]

interface Keeping {
  readonly seen: Map<string, ProactiveMessage>
  readonly later: (drop: () => void) => void
}

function keep<T>(store: Store, work: Work<T>, { seen, later }: Keeping): Promise<T> {
  const id = work.need.proactiveId
  const asSeen = id === undefined ? undefined : seen.get(id)
  if (id === undefined || !asSeen) return store.transact(work)
  seen.delete(id)
  return store.transact({
    need: work.need,
    decide: (found) => {
      const { result, changes } = work.decide({ ...found, proactive: asSeen })
      const drops = changes.filter(({ kind }) => kind === 'drop-timer')
      later(() => void store.transact({ need: {}, decide: () => ({ result: undefined, changes: drops }) }).catch(() => undefined))
      return { result, changes: changes.filter(({ kind }) => kind !== 'drop-timer') }
    },
  })
}
