import type { ContactId } from '../domain/ids.ts'
import type { Presence } from '../ports/presence.ts'

export interface MemoryPresence extends Presence {
  enter(contactId: ContactId): void
  leave(contactId: ContactId): void
}

export function createMemoryPresence(): MemoryPresence {
  const counts = new Map<ContactId, number>()
  return {
    connections: (contactId) => counts.get(contactId) ?? 0,
    enter(contactId) {
      counts.set(contactId, (counts.get(contactId) ?? 0) + 1)
    },
    leave(contactId) {
      counts.set(contactId, Math.max(0, (counts.get(contactId) ?? 0) - 1))
    },
  }
}
