import { walk } from '../walk.ts'
import type { Facts } from '../facts.ts'
import type { StoredEntry } from '../record.ts'
import type { Violation } from '../violation.ts'

const promise = 'order'

/** The log of every conversation counts from one without a gap, and no entry is in two places. */
export function orderKept({ entries, conversations }: Facts): readonly Violation[] {
  const lengths = new Map<string, number>()
  const ids = new Map<string, StoredEntry>()
  const found: Violation[] = []
  for (const record of entries) {
    const { entry } = record
    const expected = (lengths.get(entry.conversationId) ?? 0) + 1
    if (entry.seq !== expected) found.push({ promise, what: `the log of ${entry.conversationId} goes on with ${String(entry.seq)} instead of ${String(expected)}`, proof: [record] })
    lengths.set(entry.conversationId, entry.seq)
    if (ids.has(entry.id)) found.push({ promise: 'exactly-once', what: `entry ${entry.id} is in the log twice`, proof: [record] })
    ids.set(entry.id, entry)
  }
  for (const { id, lastSeq } of conversations.values()) {
    if (lastSeq !== (lengths.get(id) ?? 0)) found.push({ promise, what: `conversation ${id} says that its log ends with ${String(lastSeq)}, and it ends with ${String(lengths.get(id) ?? 0)}`, proof: [] })
  }
  return found
}

/** Every view is shown the log as it is, from where it began, without a gap and without a repetition. */
export function viewsInOrder(facts: Facts): readonly Violation[] {
  return [...facts.views.keys()].flatMap((view) => walk(facts, view).violations)
}
