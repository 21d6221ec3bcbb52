import { StoreUnavailable, type Clock, type Committed, type Work } from '@beckon/core'
import type { GroupCommit } from '../sql/group-commit.ts'
import { applyChanges } from './apply.ts'
import { isOwnFault, unavailable, type Connection } from './connection.ts'
import { load } from './load.ts'
import { forgetKept, type Tables } from './tables.ts'

interface Pending {
  readonly work: Work<unknown>
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

interface Settled {
  readonly pending: Pending
  readonly outcome: { readonly result: unknown } | { readonly error: unknown }
  readonly committed?: Committed
}

export interface GroupCommitDeps {
  readonly db: Connection
  readonly tables: Tables
  readonly clock: Clock
  readonly onCommitted: (batch: readonly Committed[]) => void
}

/** More would make the first of a batch wait for the last without making the sync any cheaper. */
const largestBatch = 256

/**
 * A sync costs far more than a row, so everything asked for within one turn of the event loop shares one.
 *
 * Naive: a transaction and a sync for each message, which bounds the whole server to the disk's syncs per second.
 * Here: decisions queue up until the turn ends, run one after another in one transaction, each seeing what the one
 * before it wrote, and are told of their success after the one commit that holds them all. When the engine refuses
 * the batch for one member's fault, each is run again alone, so that nobody fails for a neighbour.
 */
export function createGroupCommit(deps: GroupCommitDeps): GroupCommit<void> {
  let queue: Pending[] = []
  let isScheduled = false
  let isClosed = false

  const flush = (): void => {
    isScheduled = false
    const batch = queue.splice(0, largestBatch)
    if (queue.length > 0) schedule()
    if (batch.length > 0) settle(deps, commit(deps, batch))
  }
  const schedule = (): void => {
    if (isScheduled) return
    isScheduled = true
    setImmediate(flush)
  }

  return {
    transact<T>(work: Work<T>): Promise<T> {
      if (isClosed) return Promise.reject(new StoreUnavailable('the store is closed'))
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, resolve: resolve as (result: unknown) => void, reject })
        schedule()
      })
    },
    get waiting() {
      return queue.length
    },
    close() {
      isClosed = true
      while (queue.length > 0) flush()
    },
  }
}

function commit(deps: GroupCommitDeps, batch: readonly Pending[]): readonly Settled[] {
  const { db } = deps
  try {
    db.exec('BEGIN')
    const settled = batch.map((pending) => decideAndWrite(deps, pending))
    db.exec('COMMIT')
    return settled
  } catch (error) {
    rollBack(deps)
    if (isOwnFault(error) && batch.length > 1) return batch.flatMap((pending) => commit(deps, [pending]))
    const failure = isOwnFault(error) ? error : unavailable(error)
    return batch.map((pending) => ({ pending, outcome: { error: failure } }))
  }
}

/** A decision that throws has written nothing yet, so only its own caller hears of it. */
function decideAndWrite({ tables, clock }: GroupCommitDeps, pending: Pending): Settled {
  const { found, contactKey } = load(tables, pending.work.need, clock)
  let decision
  try {
    decision = pending.work.decide(found)
  } catch (error) {
    return { pending, outcome: { error } }
  }
  const outcome = { result: decision.result }
  if (decision.changes.length === 0) return { pending, outcome }
  return { pending, outcome, committed: applyChanges(tables, decision.changes, contactKey) }
}

function rollBack({ db, tables }: GroupCommitDeps): void {
  forgetKept(tables)
  if (db.isTransaction) db.exec('ROLLBACK')
}

function settle({ onCommitted }: GroupCommitDeps, batch: readonly Settled[]): void {
  const committed = batch.flatMap((one) => one.committed ?? [])
  if (committed.length > 0) onCommitted(committed)
  for (const { pending, outcome } of batch) {
    if ('error' in outcome) pending.reject(outcome.error)
    else pending.resolve(outcome.result)
  }
}
