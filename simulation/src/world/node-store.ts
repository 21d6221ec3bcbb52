import type { Committed, Store } from '@beckon/core'
import type { CommitMoment } from '../plan/step.ts'
import type { Chance } from './chance.ts'
import type { Engine, Waiting } from './engine.ts'
import type { Life } from './life.ts'
import { createNodeReader } from './node-reader.ts'

export interface NodeStoreGiven {
  readonly engine: Engine
  readonly life: Life
  readonly chance: Chance
  /** Told at the moment from which the store holds it, before anybody on the node knows. */
  readonly onDurable: (told: readonly Committed[]) => void
  /** Whatever is to happen to the node at these moments happens within the call. */
  readonly onCommit: (moment: CommitMoment) => void
}

const mostInFlight = 3
const mostInBatch = 256
const lookAgain = 500

/**
 * The store as one node has it: works wait for each other and share commits, a few commits are under way at once, and
 * between the moment in which a commit is durable and the one in which the node knows, anything may happen.
 */
export function createNodeStore({ engine, life, chance, onDurable, onCommit }: NodeStoreGiven): Store {
  const listeners = new Set<(batch: readonly Committed[]) => void>()
  const trip = (): number => engine.trip(chance)
  let queue: Waiting[] = []
  let inFlight = 0
  let isFlushing = false
  /** Commits are told in the order in which they became durable. */
  const untold: (() => void)[] = []

  function flush(): void {
    isFlushing = false
    if (inFlight === mostInFlight || queue.length === 0) return
    const batch = queue.slice(0, mostInBatch)
    queue = queue.slice(mostInBatch)
    inFlight += 1
    life.after(trip(), () => {
      onCommit('before')
      life.enter(() => void commit(batch))
    })
    if (queue.length > 0) flush()
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    const { outcomes, told } = await engine.commit(batch)
    onDurable(told)
    if (told.length > 0) onCommit('durable')
    untold.push(() => {
      inFlight -= 1
      if (told.length > 0) for (const listener of listeners) listener(told)
      batch.forEach(({ settle }, index) => settle(outcomes[index] ?? { status: 'rejected', reason: new Error('every work has an outcome') }))
      flush()
    })
    life.after(trip(), learn)
  }

  /** Whoever loses the store in a commit asks for its outcome when the store is back. */
  function learn(): void {
    if (engine.isAway) life.after(lookAgain, learn)
    else untold.shift()?.()
  }

  return {
    ...createNodeReader({ reader: engine.store, life, trip }),
    transact: (work) =>
      new Promise((resolve, reject) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the outcome of a work is what its own decision made
        const settle: Waiting['settle'] = (outcome) => (outcome.status === 'fulfilled' ? resolve(outcome.value as Awaited<ReturnType<typeof work.decide>>['result']) : reject(outcome.reason))
        queue.push({ ...work, settle })
        if (isFlushing) return
        isFlushing = true
        void Promise.resolve().then(flush)
      }),
    claimTimers: (now, lease, limit) =>
      new Promise((resolve, reject) => {
        life.after(trip(), () => {
          engine.store.claimTimers(now, lease, limit).then(
            (claimed) => life.after(trip(), () => resolve(claimed)),
            (failure: unknown) => life.after(trip(), () => reject(failure)),
          )
        })
      }),
    onCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
