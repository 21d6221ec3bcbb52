import { longConversation } from '../seed/postgres/thread-shape.ts'
import { seededToken } from '../seed/seeded-id.ts'
import type { GuestMemory } from './beckon-guest.ts'
import { createGuestMemory } from './beckon-guest.ts'

/** So many long conversations has even the smallest store that is measured; a guest may have few connections at a time. */
export const STORED_GUESTS = 25

/** The browser of a guest whom the seed has stored, with nothing but its token; guests are spread over all long conversations. */
export function storedGuestMemory(index: number, storedConversations: number, guests = STORED_GUESTS): GuestMemory {
  return { ...createGuestMemory(), token: seededToken(longConversation((index % guests) / guests, storedConversations)) }
}
