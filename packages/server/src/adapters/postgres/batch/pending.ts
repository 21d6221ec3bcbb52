import type { ContactId, Instant, Work } from '@beckon/core'
import { contactKey, keysNamed, type LockKey } from './keys.ts'

/** A decision that waits to be made, with what is known of where its need leads. */
export interface Pending {
  readonly work: Work<unknown>
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
  /** Until then it may be tried again. */
  readonly until: Instant
  readonly keys: Set<LockKey>
  readonly contactIds: Set<ContactId>
  /** Together with others it failed, and it may be its own fault. */
  isAlone: boolean
  /** Why it was not settled yet. */
  failure?: unknown
}

export function pend<T>(work: Work<T>, until: Instant, settle: { readonly resolve: (result: T) => void; readonly reject: (error: unknown) => void }): Pending {
  const { contactId } = work.need
  return {
    work, until,
    // Whoever resolves is handed what this very work decided.
    resolve: settle.resolve as (result: unknown) => void,
    reject: settle.reject,
    keys: new Set(keysNamed(work.need)),
    contactIds: new Set(contactId === undefined ? [] : [contactId]),
    isAlone: false,
  }
}

/** Adds where its need turned out to lead: it takes another batch to have that locked. */
export function leadTo(pending: Pending, contactIds: readonly ContactId[], keys: readonly LockKey[]): void {
  for (const id of contactIds) {
    pending.contactIds.add(id)
    pending.keys.add(contactKey(id))
  }
  for (const key of keys) pending.keys.add(key)
}
