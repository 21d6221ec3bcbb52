import type { Instant } from '@beckon/core'
import type { LockKey } from './keys.ts'
import type { Pending } from './pending.ts'

/** More would make the first of a batch wait for the last without making the commit any cheaper. */
const largestBatch = 256
/** How far one look goes, so that a long queue about one contact does not cost its square. */
const mostLookedAt = 4096

export interface Queue {
  readonly length: number
  add(pending: Pending): void
  /** Back to where they were, ahead of all who came later. */
  putBack(members: readonly Pending[]): void
  /** The next that may be decided together, in their order, and those that waited too long. What they are about is in hand until `release`. */
  next(now: Instant): { readonly batch: readonly Pending[]; readonly late: readonly Pending[]; readonly release: () => void }
}

/**
 * Decisions about one thing are made one after another: those about something that is in hand wait, and so does whoever came
 * after them for the same.
 */
export function createQueue(): Queue {
  let waiting: Pending[] = []
  const inHand = new Map<LockKey, number>()

  const isFree = ({ keys }: Pending, passed: ReadonlySet<LockKey>): boolean => {
    for (const key of keys) if (inHand.has(key) || passed.has(key)) return false
    return true
  }
  const take = (batch: readonly Pending[]): (() => void) => {
    const taken = batch.flatMap(({ keys }) => [...keys])
    for (const key of taken) inHand.set(key, (inHand.get(key) ?? 0) + 1)
    return () => {
      for (const key of taken) letGo(inHand, key)
    }
  }

  return {
    get length() {
      return waiting.length
    },
    add(pending) {
      waiting.push(pending)
    },
    putBack(members) {
      waiting = [...members, ...waiting]
    },
    next(now) {
      const batch: Pending[] = []
      const late: Pending[] = []
      const kept: Pending[] = []
      const passed = new Set<LockKey>()
      let index = 0
      for (; index < waiting.length && index < mostLookedAt && batch.length < largestBatch && batch[0]?.isAlone !== true; index += 1) {
        const pending = waiting[index]
        if (!pending) break
        if (pending.until <= now) late.push(pending)
        else if (isFree(pending, passed) && !(pending.isAlone && batch.length > 0)) batch.push(pending)
        else {
          kept.push(pending)
          for (const key of pending.keys) passed.add(key)
        }
      }
      waiting = [...kept, ...waiting.slice(index)]
      return { batch, late, release: take(batch) }
    },
  }
}

function letGo(inHand: Map<LockKey, number>, key: LockKey): void {
  const left = (inHand.get(key) ?? 0) - 1
  if (left > 0) inHand.set(key, left)
  else inHand.delete(key)
}
