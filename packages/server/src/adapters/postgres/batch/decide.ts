import type { Change, Instant } from '@beckon/core'
import { whatIsTold, type Told } from '../../sql/told.ts'
import { find } from '../load/find.ts'
import { follow, type World } from '../load/world.ts'
import { encode, type Write } from '../writes/encode.ts'
import { contactsLedTo, keysLedTo, keysOfChanged, keysTouched, type LockKey } from './keys.ts'
import { leadTo, type Pending } from './pending.ts'

export interface Settled {
  readonly pending: Pending
  readonly outcome: { readonly result: unknown } | { readonly error: unknown }
  /** Absent when nothing changed. */
  readonly told?: Told
}

export interface Decided {
  readonly settled: readonly Settled[]
  /** Those that have to be looked up once more, in their order. */
  readonly again: readonly Pending[]
  readonly writes: readonly Write[]
}

/**
 * Makes the decisions of a batch one after another, each seeing what the one before it did. One that was led to somebody whose
 * lock is not held, or whose sight was changed by a neighbour in a way that cannot be told without looking, goes to the next batch,
 * and with it those that came after it for the same.
 */
export function decideAll(batch: readonly Pending[], world: World, now: Instant): Decided {
  const [settled, again, writes]: [Settled[], Pending[], Write[]] = [[], [], []]
  const blurred = new Set<LockKey>()
  const blur = (keys: Iterable<LockKey>): void => {
    for (const key of keys) blurred.add(key)
  }
  for (const pending of batch) {
    const made = isDisjoint(pending.keys, blurred) ? decide(pending, world, now) : 'again'
    if (made === 'again') {
      again.push(pending)
      blur(pending.keys)
      continue
    }
    settled.push({ pending, outcome: made.outcome, ...(made.changes.length > 0 ? { told: whatIsTold(made.changes) } : {}) })
    writes.push(...made.writes)
    if (!follow(world, made.changes)) blur([...pending.keys, ...made.changes.flatMap(keysTouched)])
  }
  return { settled, again, writes }
}

interface Made {
  readonly outcome: Settled['outcome']
  readonly changes: readonly Change[]
  readonly writes: readonly Write[]
}

function decide(pending: Pending, world: World, now: Instant): Made | 'again' {
  const { work, keys } = pending
  const found = find(world, work.need, now)
  if (!hasAll(keys, keysLedTo(found))) {
    leadTo(pending, contactsLedTo(found), keysLedTo(found))
    return 'again'
  }
  try {
    const { result, changes } = work.decide(found)
    const wanted = keysOfChanged(work.need, changes)
    if (!hasAll(keys, wanted)) {
      leadTo(pending, [], wanted)
      return 'again'
    }
    const about = found.contact?.id ?? changes.find((change) => change.kind === 'put-contact')?.contact.id
    return { outcome: { result }, changes, writes: changes.flatMap((change) => encode(change, about)) }
  } catch (error) {
    return { outcome: { error }, changes: [], writes: [] }
  }
}

function hasAll(keys: ReadonlySet<LockKey>, wanted: readonly LockKey[]): boolean {
  return wanted.every((key) => keys.has(key))
}

function isDisjoint(keys: ReadonlySet<LockKey>, others: ReadonlySet<LockKey>): boolean {
  if (others.size === 0) return true
  for (const key of keys) if (others.has(key)) return false
  return true
}
