/**
 * How seeded conversations lie in time: most are short, every fourth is long, and those of one hour are written to in turn, so that the
 * entries of one conversation lie as far apart in the table as they do in a real one.
 */

const SHORT = 20
const LONG = 140
const EVERY_LONG = 4
const CONCURRENT = 1000

/** The mean; entries of a whole store are a multiple of it. */
export const ENTRIES_EACH = (SHORT * (EVERY_LONG - 1) + LONG) / EVERY_LONG

export function isLong(conversation: number): boolean {
  return conversation % EVERY_LONG === 0
}

export function lengthOf(conversation: number): number {
  return isLong(conversation) ? LONG : SHORT
}

export interface Place {
  readonly conversation: number
  readonly seq: number
  /** Counted over the whole store, oldest first. */
  readonly number: number
}

/** Every entry of a store with so many conversations, in the order in which it was written. */
export function* placesInOrder(conversations: number): Generator<Place> {
  const concurrent = Math.min(CONCURRENT, conversations)
  let number = 0
  for (let first = 0; first < conversations; first += concurrent) {
    for (let seq = 1; seq <= LONG; seq += 1) {
      const step = seq <= SHORT ? 1 : EVERY_LONG
      for (let conversation = first; conversation < first + concurrent; conversation += step) {
        yield { conversation, seq, number }
        number += 1
      }
    }
  }
}

/** The number of a conversation's last entry. */
export function lastEntryOf(conversation: number, conversations: number): number {
  const concurrent = Math.min(CONCURRENT, conversations)
  const before = Math.floor(conversation / concurrent) * concurrent * ENTRIES_EACH
  const within = conversation % concurrent
  if (!isLong(conversation)) return before + (SHORT - 1) * concurrent + within
  return before + SHORT * concurrent + (LONG - SHORT - 1) * (concurrent / EVERY_LONG) + within / EVERY_LONG
}

/** The long conversation that lies at such a share of the store, from 0 to just below 1. */
export function longConversation(share: number, conversations: number): number {
  return Math.floor((share * conversations) / EVERY_LONG) * EVERY_LONG
}

export const LONG_LENGTH = LONG
