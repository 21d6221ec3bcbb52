import type { ContactId, Presence } from '@beckon/core'

export interface LocalPresence extends Presence {
  enter(contactId: ContactId): void
  leave(contactId: ContactId): void
}

/** Live sockets of this process. */
export function createLocalPresence(): LocalPresence {
  const counts = new Map<ContactId, number>()
  return {
    connections: (contactId) => counts.get(contactId) ?? 0,
    enter(contactId) {
      counts.set(contactId, (counts.get(contactId) ?? 0) + 1)
    },
    leave(contactId) {
      const left = (counts.get(contactId) ?? 0) - 1
      if (left > 0) counts.set(contactId, left)
      else counts.delete(contactId)
    },
  }
}
