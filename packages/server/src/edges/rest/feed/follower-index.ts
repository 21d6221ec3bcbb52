import type { ContactId, ConversationId, EventFilter } from '@beckon/core'
import type { Follower } from './event-feed.ts'

/** What an event, or somebody's typing, is about. `type` is absent for what is not in the feed. */
export interface Subject {
  readonly type?: string
  readonly contactId?: ContactId
  readonly conversationId?: ConversationId
}

/** Finds who wants to hear of a thing without asking everybody: most follow one conversation. */
export interface FollowerIndex {
  add(follower: Follower): void
  remove(follower: Follower): void
  of(subject: Subject): readonly Follower[]
  all(): readonly Follower[]
  size(): number
}

export function createFollowerIndex(): FollowerIndex {
  const everyone = new Set<Follower>()
  const shelves = new Map<string, Set<Follower>>()
  return {
    add(follower) {
      everyone.add(follower)
      const shelf = shelves.get(shelfOf(follower.filter)) ?? new Set()
      shelf.add(follower)
      shelves.set(shelfOf(follower.filter), shelf)
    },
    remove(follower) {
      everyone.delete(follower)
      const shelf = shelves.get(shelfOf(follower.filter))
      shelf?.delete(follower)
      if (shelf?.size === 0) shelves.delete(shelfOf(follower.filter))
    },
    of(subject) {
      const found = new Set<Follower>()
      for (const name of shelvesFor(subject)) {
        for (const follower of shelves.get(name) ?? []) if (wants(follower.filter, subject)) found.add(follower)
      }
      return [...found]
    },
    all: () => [...everyone],
    size: () => everyone.size,
  }
}

function shelfOf({ conversationId, contactId }: EventFilter): string {
  if (conversationId !== undefined) return `conversation ${conversationId}`
  return contactId === undefined ? '' : `contact ${contactId}`
}

function shelvesFor({ conversationId, contactId }: Subject): readonly string[] {
  return ['', ...(contactId === undefined ? [] : [shelfOf({ contactId })]), ...(conversationId === undefined ? [] : [shelfOf({ conversationId })])]
}

function wants(filter: EventFilter, { type, contactId, conversationId }: Subject): boolean {
  return (
    (filter.types === undefined || (type !== undefined && filter.types.includes(type)))
    && (filter.contactId === undefined || filter.contactId === contactId)
    && (filter.conversationId === undefined || filter.conversationId === conversationId)
  )
}
