import type { ContactId, ConversationId, EntryId, ParticipantId, ProactiveId } from '../ids.ts'
import type { Instant } from '../instant.ts'

/** Who did something. `timer` is the server itself keeping an appointment. */
export type ActorKind = 'customer' | 'agent' | 'bot' | 'api' | 'timer'

export interface Actor {
  readonly kind: ActorKind
  readonly id?: string
  readonly name?: string
}

export type EntryEvent = 'started' | 'joined' | 'left' | 'closed' | 'reopened'

/** What a message says. `content` carries structured parts (guest-protocol 3.4) as they came. */
export interface Saying {
  readonly text: string
  readonly content?: readonly unknown[]
  readonly metadata?: Readonly<Record<string, string>>
}

interface Line {
  readonly id: EntryId
  readonly contactId: ContactId
  readonly conversationId: ConversationId
  /** Gap-free from 1 within its conversation: the order for everyone. */
  readonly seq: number
  /** Strictly increasing within its conversation: guest clients know messages by it (guest-protocol 4.10). */
  readonly at: Instant
  readonly by: Actor
  readonly participantId?: ParticipantId
}

export interface MessageEntry extends Line, Saying {
  readonly kind: 'message'
  /** The browser's own name for the message: a retry after a lost answer is the same message. */
  readonly clientId?: string
  readonly proactiveId?: ProactiveId
  /** Expired or cancelled before anybody saw it: its place in the order stays, its text is no longer shown to the guest. */
  readonly withdrawn?: boolean
}

export interface EventEntry extends Line {
  readonly kind: 'event'
  readonly event: EntryEvent
  readonly reason?: string
}

/** One line of a conversation's log. */
export type Entry = MessageEntry | EventEntry

/** Why a conversation started before anybody said a word: the guest arrived (guest-protocol 4.6). */
export const autostart = 'autostart'

/** The guest's arrival, as their own clients know it. */
export function isArrival(entry: Entry): boolean {
  return entry.kind === 'event' && entry.event === 'started' && entry.reason === autostart && isInbound(entry)
}

/** What guests may read again: messages that still stand, the end of the conversation, and their own arrival (guest-protocol 4.10). */
export function isInGuestHistory(entry: Entry): boolean {
  return entry.kind === 'message' ? !entry.withdrawn : entry.event === 'closed' || isArrival(entry)
}

export function isInbound(entry: Entry): boolean {
  return entry.by.kind === 'customer'
}
