import type { Actor } from '../entry/entry.ts'
import type { ContactId, ConversationId, DeploymentId, ParticipantId } from '../ids.ts'
import { instant, plus, type Duration, type Instant } from '../instant.ts'
import type { CustomAttributes } from './custom-attributes.ts'
import type { ConversationState } from './transitions.ts'

export interface Participant {
  readonly id: ParticipantId
  readonly purpose: 'customer' | 'agent' | 'bot' | 'api'
  /** The caller's own id for this participant: the contact's id for the customer, `from.id` for others. */
  readonly externalId?: string
  readonly name?: string
  readonly joinedAt: Instant
  readonly leftAt?: Instant
}

/** How far one side has come: everything up to and including this `seq`. */
export interface Cursor {
  readonly deliveredSeq: number
  readonly seenSeq: number
}

export interface GuestCursor extends Cursor {
  /** Cards up to here were dismissed, on every tab. */
  readonly dismissedSeq: number
}

interface Thread {
  readonly id: ConversationId
  readonly contactId: ContactId
  readonly deploymentId: DeploymentId
  /** Started by an outbound message that nobody has answered: not in the agents' queue yet. */
  readonly quiet: boolean
  readonly participants: readonly Participant[]
  readonly lastSeq: number
  readonly createdAt: Instant
  readonly lastEntryAt: Instant
  readonly lastText: string
  readonly guest: GuestCursor
  readonly business: Cursor
  readonly previousConversationId?: ConversationId
  readonly customAttributes?: CustomAttributes
  readonly version: number
}

export interface OpenConversation extends Thread {
  readonly status: 'open'
}

export interface ClosedConversation extends Thread {
  readonly status: 'closed'
  readonly closed: { readonly at: Instant; readonly by: Actor; readonly reason?: string }
}

/** A thread between one contact and the business. */
export type Conversation = OpenConversation | ClosedConversation

export interface NewConversation {
  readonly id: ConversationId
  readonly contactId: ContactId
  readonly deploymentId: DeploymentId
  readonly customer: ParticipantId
  readonly quiet: boolean
  /** The thread of the same contact that this one goes on from. */
  readonly previous?: Conversation
}

export function createConversation(given: NewConversation, now: Instant): OpenConversation {
  const { customer, previous, ...rest } = given
  return {
    ...rest,
    status: 'open',
    participants: [{ id: customer, purpose: 'customer', externalId: given.contactId, joinedAt: now }],
    lastSeq: 0,
    createdAt: now,
    // Guest clients know messages of all threads of a session by their time (guest-protocol 4.10): the new thread's come after.
    lastEntryAt: instant(Math.max(now - 1, previous?.lastEntryAt ?? 0)),
    lastText: '',
    guest: { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0 },
    business: { deliveredSeq: 0, seenSeq: 0 },
    ...(previous ? { previousConversationId: previous.id } : {}),
    // A page says them once for each connection, and goes on in the new thread without saying them again.
    ...(previous?.customAttributes ? { customAttributes: previous.customAttributes } : {}),
    version: 1,
  }
}

export function reopenableUntil(conversation: ClosedConversation, reopenWithin: Duration): Instant {
  return plus(conversation.closed.at, reopenWithin)
}

/** The row of the life cycle a conversation is in; `elapsed` is closed for longer than a message may reopen. */
export function conversationState(conversation: Conversation | undefined, reopenWithin: Duration, now: Instant): ConversationState {
  if (!conversation) return 'none'
  if (conversation.status === 'open') return 'open'
  return reopenableUntil(conversation, reopenWithin) < now ? 'elapsed' : 'closed'
}

export function findParticipant(conversation: Conversation, by: Actor): Participant | undefined {
  return conversation.participants.find((one) => one.purpose === by.kind && !one.leftAt && (by.kind === 'customer' || one.externalId === (by.id ?? by.name)))
}

/** Cursors only move forward, never past the log, and what was seen was delivered. */
export function advance<C extends Cursor>(cursor: C, to: Partial<C>, lastSeq: number): C {
  const forward = (was: number, given: number | undefined): number => Math.max(was, Math.min(given ?? 0, lastSeq))
  const seenSeq = forward(cursor.seenSeq, to.seenSeq)
  const deliveredSeq = Math.max(forward(cursor.deliveredSeq, to.deliveredSeq), seenSeq)
  const moved = { ...cursor, seenSeq, deliveredSeq }
  return 'dismissedSeq' in moved && typeof moved.dismissedSeq === 'number'
    ? { ...moved, dismissedSeq: forward(moved.dismissedSeq, dismissed(to)) }
    : moved
}

function dismissed(to: object): number | undefined {
  return 'dismissedSeq' in to && typeof to.dismissedSeq === 'number' ? to.dismissedSeq : undefined
}
