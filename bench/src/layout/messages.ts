import type { ConversationRef } from './layouts.ts'
import type { NewMessage } from './writer.ts'

const FIRST_INSTANT = Date.UTC(2026, 0, 1)
const TEXT = 'A hundred characters of quite ordinary chat, as a customer would write it about a late parcel, say..'

export interface MessageSource {
  readonly conversations: readonly ConversationRef[]
  /** Messages for random conversations, or for those that `among` picks. */
  next(count: number, among?: (random: () => number) => number): NewMessage[]
}

/** A seeded stream of messages over random conversations; ids are UUIDv7 and grow with time as real ones do. */
export function createMessageSource(conversationCount: number, seed = 1): MessageSource {
  const random = seededRandom(seed)
  let issued = 0
  const uuid = (): string => {
    issued += 1
    const time = (FIRST_INSTANT + Math.floor(issued / 8)).toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`
  }
  const conversations = Array.from({ length: conversationCount }, (_, index) => ({ key: index + 1, id: uuid() }))
  const participants = conversations.map(() => uuid())
  const anywhere = (): number => Math.floor(random() * conversationCount)
  const one = (among: (random: () => number) => number): NewMessage => {
    const conversation = among(random)
    return { conversation, id: uuid(), clientId: random() < 0.5 ? uuid() : null, participantId: participants[conversation] ?? '',
      text: TEXT, at: FIRST_INSTANT + Math.floor(issued / 8) }
  }
  return { conversations, next: (count, among = anywhere) => Array.from({ length: count }, () => one(among)) }
}

function hex(random: () => number, digits: number): string {
  return Math.floor(random() * 16 ** digits).toString(16).padStart(digits, '0')
}

/** mulberry32: small, fast, and the same run after run. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
