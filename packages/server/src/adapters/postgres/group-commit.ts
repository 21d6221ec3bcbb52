import { milliseconds, plus, seconds, StoreUnavailable, type Clock, type Committed, type Duration, type IdSource, type Timers, type Work } from '@beckon/core'
import type { Pool } from 'pg'
import type { GroupCommit } from '../sql/group-commit.ts'
import { attempt } from './batch/attempt.ts'
import { pend } from './batch/pending.ts'
import { createQueue } from './batch/queue.ts'
import { createTelling } from './batch/telling.ts'
import { mostBatches } from './connect.ts'
import { unavailable } from './failure.ts'

export interface GroupCommitDeps {
  readonly writes: Pool
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: IdSource
  readonly onCommitted: (batch: readonly Committed[]) => void
}

/** For so long a decision is tried again while the engine is away: a primary's place is taken within that. */
const patience: Duration = seconds(10)
const shortestPause: Duration = milliseconds(25)
const longestPause: Duration = seconds(1)

/**
 * A commit costs a sync and two trips over the network, whatever it holds, so everything that is asked for while the one before it
 * is under way shares one.
 *
 * Naive: a transaction for each decision, which takes a connection and a row lock for its whole length, and waits for the disk alone.
 * Here: decisions queue up; a batch is of those that have not to wait for anybody, and takes their locks, loads what they need,
 * decides in memory and writes everything by a handful of statements. A few batches are under way side by side
 * (docs/adr/0031-how-many-nodes-write-one-log.md).
 */
export function createGroupCommit(given: GroupCommitDeps): GroupCommit<Promise<void>> {
  const { clock, timers } = given
  const queue = createQueue()
  const deps = { ...given, telling: createTelling() }
  const rest = createRest(timers, () => schedule())
  let underWay = 0
  let isScheduled = false
  let closed: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined

  const flush = (): void => {
    isScheduled = false
    if (rest.isOn) return
    while (underWay < mostBatches) {
      const { batch, late, release } = queue.next(clock.now())
      for (const { reject, failure } of late) reject(unavailable(failure ?? 'it has more to do than it can do in time'))
      if (batch.length === 0) break
      underWay += 1
      void attempt(deps, batch).then(({ again, isAway }) => {
        queue.putBack(again)
        release()
        underWay -= 1
        if (isAway) rest.failed()
        else rest.succeeded()
        schedule()
      })
    }
    if (underWay === 0 && queue.length === 0) closed?.resolve()
  }
  const schedule = (): void => {
    if (isScheduled) return
    isScheduled = true
    setImmediate(flush)
  }

  return {
    transact<T>(work: Work<T>): Promise<T> {
      if (closed) return Promise.reject(new StoreUnavailable('the store is closed'))
      return new Promise<T>((resolve, reject) => {
        queue.add(pend<T>(work, plus(clock.now(), patience), { resolve, reject }))
        schedule()
      })
    },
    get waiting() {
      return queue.length
    },
    close() {
      closed ??= Promise.withResolvers<void>()
      schedule()
      return closed.promise
    },
  }
}

/** The first failure may be one connection's own; after that, an engine that is away is asked ever more seldom. */
function createRest(timers: Timers, onOver: () => void) {
  let outages = 0
  let isOn = false
  return {
    get isOn() {
      return isOn
    },
    succeeded(): void {
      outages = 0
    },
    failed(): void {
      outages += 1
      if (isOn || outages === 1) return
      isOn = true
      timers.after(milliseconds(Math.min(longestPause, shortestPause * 2 ** Math.min(outages, 10))), () => {
        isOn = false
        onOver()
      })
    },
  }
}
