import { plus } from '../../domain/instant.ts'
import type { Clock } from '../../ports/clock.ts'
import { StoreUnavailable, type Committed, type Store, type Timer, type Work } from '../../ports/store.ts'
import { createFakeClock } from '../fake-clock.ts'
import { applyChanges } from './apply.ts'
import { find } from './find.ts'
import { createMemoryReader } from './memory-reader.ts'
import { createTables, type Tables } from './tables.ts'

export interface MemoryStore extends Store, AsyncDisposable {
  /** From now on everything rejects with `StoreUnavailable`, as when the engine is down. */
  goAway(): void
  comeBack(): void
}

export interface MemoryStoreGiven {
  /** Tells when remembered answers have run out. */
  readonly clock?: Clock
  readonly epoch?: string
}

interface Waiting {
  /** Decides and writes; returns what to tell, and how to settle the caller once everybody was told. */
  readonly run: () => { readonly told?: Committed; readonly settle: () => void }
}

/**
 * The whole store port in memory, with the habits of a real engine: what is asked for in one turn shares one commit, which
 * is told before its callers hear; a decision that fails leaves nothing behind.
 */
export function createMemoryStore({ clock = createFakeClock(), epoch = 'epoch-1' }: MemoryStoreGiven = {}): MemoryStore {
  const tables = createTables()
  const listeners = new Set<(batch: readonly Committed[]) => void>()
  let queue: Waiting[] = []
  let isAway = false
  const mustAnswer = (): void => {
    if (isAway) throw new StoreUnavailable('the store is away')
  }

  const commit = (): void => {
    const batch = queue
    queue = []
    const done = batch.map((waiting) => waiting.run())
    const told = done.flatMap((one) => one.told ?? [])
    if (told.length > 0) for (const listener of listeners) listener(told)
    for (const { settle } of done) settle()
  }

  return {
    ...createMemoryReader(tables, { epoch, clock, mustAnswer }),
    transact<T>(work: Work<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        queue.push({ run: () => attempt(tables, { work, clock, mustAnswer, resolve, reject }) })
        if (queue.length === 1) void Promise.resolve().then(commit)
      })
    },
    async claimTimers(now, lease, limit) {
      mustAnswer()
      const due = [...tables.timers.rows()]
        .filter(({ value }) => value.timer.dueAt <= now && (value.leasedUntil ?? 0) <= now)
        .toSorted((one, other) => one.value.timer.dueAt - other.value.timer.dueAt)
        .slice(0, limit)
      return due.map(({ value: { timer } }): Timer => {
        tables.timers.put(timer.id, { timer, leasedUntil: plus(now, lease) })
        return timer
      })
    },
    onCommitted(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    goAway() {
      isAway = true
    },
    comeBack() {
      isAway = false
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

interface Attempt<T> {
  readonly work: Work<T>
  readonly clock: Clock
  readonly mustAnswer: () => void
  readonly resolve: (result: T) => void
  readonly reject: (failure: unknown) => void
}

function attempt<T>(tables: Tables, { work, clock, mustAnswer, resolve, reject }: Attempt<T>): ReturnType<Waiting['run']> {
  tables.begin()
  try {
    mustAnswer()
    const found = find(tables, work.need, clock.now())
    const { result, changes } = work.decide(found)
    const settle = (): void => resolve(result)
    return changes.length === 0 ? { settle } : { told: applyChanges(tables, changes, found.contact?.id), settle }
  } catch (failure) {
    tables.rollBack()
    return { settle: () => reject(failure) }
  }
}
