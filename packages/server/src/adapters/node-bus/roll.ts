import type { ContactId } from '@beckon/core'
import type { Count } from './node-message.ts'

/** How many sockets each contact has on one node, with a sum by which two lists are known to be the same. */
export interface Roll {
  readonly size: number
  /** Of 32 bits; does not depend on the order in which contacts came. */
  readonly sum: number
  get(contactId: ContactId): number
  /** 0 takes the contact out. */
  set(contactId: ContactId, count: number): void
  clear(): void
  counts(): readonly Count[]
}

export function createRoll(): Roll {
  const byContact = new Map<ContactId, number>()
  let sum = 0
  return {
    get size() {
      return byContact.size
    },
    get sum() {
      return sum
    },
    get: (contactId) => byContact.get(contactId) ?? 0,
    set(contactId, count) {
      const was = byContact.get(contactId) ?? 0
      sum = (sum + Math.imul(hashOf(contactId), count - was)) >>> 0
      if (count > 0) byContact.set(contactId, count)
      else byContact.delete(contactId)
    },
    clear() {
      byContact.clear()
      sum = 0
    },
    counts: () => [...byContact],
  }
}

/** FNV-1a: only accidents are to be found out, and every socket that comes or goes costs one. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
