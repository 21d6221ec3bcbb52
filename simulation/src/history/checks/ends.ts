import type { Facts } from '../facts.ts'
import type { StoredConversation } from '../record.ts'
import type { Violation } from '../violation.ts'
import { walk, type Walk } from '../walk.ts'

/** In the end, whoever is connected has been shown the whole thread that its contact is in. */
export function nothingLost(facts: Facts): readonly Violation[] {
  return connected(facts).flatMap(({ view, walked: { place, last }, threads }): readonly Violation[] => {
    const proof = [...(place ? [place.record] : []), ...(last ? [last] : [])]
    const shown = threads.find(({ id }) => id === place?.conversationId)
    if (!place || !shown) {
      const told = place === undefined ? 'nothing' : `conversation ${place.conversationId}`
      return [{ promise: 'nothing-lost', what: `${view} is shown ${told}, and its contact is in ${[...new Set(threads.map(({ id }) => id))].join(' or ')}`, proof }]
    }
    if (place.seq === shown.lastSeq) return []
    return [{ promise: 'nothing-lost', what: `${view} has been shown ${shown.id} up to ${String(place.seq)} of ${String(shown.lastSeq)}`, proof }]
  })
}

/** In the end, whoever is connected knows whether that thread is open. */
export function closingsTold(facts: Facts): readonly Violation[] {
  return connected(facts).flatMap(({ view, walked: { status }, threads }): readonly Violation[] => {
    const current = threads.find(({ id }) => id === status?.conversationId)
    if (!status || !current || status.status === current.status) return []
    return [{ promise: 'closings-told', what: `${view} believes ${current.id} to be ${status.status}, and it is ${current.status}`, proof: [status.record] }]
  })
}

interface Ending {
  readonly view: string
  readonly walked: Walk
  /** Where its contact is, which may be said in two ways. */
  readonly threads: readonly StoredConversation[]
}

function connected(facts: Facts): readonly Ending[] {
  const newest = newestThreads(facts)
  const latest = latestThreads(facts)
  return [...facts.views.keys()].flatMap((view): readonly Ending[] => {
    const walked = walk(facts, view)
    const threads = [newest, latest].flatMap((known) => (walked.contactId === undefined ? [] : known.get(walked.contactId) ?? []))
    return walked.isConnected && threads.length > 0 ? [{ view, walked, threads }] : []
  })
}

/** The newest open conversation of each contact, or the newest of all. Conversations are stored oldest first. */
function newestThreads({ conversations }: Facts): ReadonlyMap<string, StoredConversation> {
  const current = new Map<string, StoredConversation>()
  for (const one of conversations.values()) {
    const known = current.get(one.contactId)
    if (!known || one.status === 'open' || known.status !== 'open') current.set(one.contactId, one)
  }
  return current
}

/** The conversation in which something happened last: an older one that was opened again is shown to those who are there. */
function latestThreads({ conversations, entries }: Facts): ReadonlyMap<string, StoredConversation> {
  const current = new Map<string, { readonly thread: StoredConversation; readonly at: number }>()
  for (const { entry } of entries) {
    const thread = conversations.get(entry.conversationId)
    const known = thread && current.get(thread.contactId)
    if (thread && (!known || entry.createdAt >= known.at)) current.set(thread.contactId, { thread, at: entry.createdAt })
  }
  return new Map([...current].map(([contactId, { thread }]) => [contactId, thread]))
}
