import type { ContactId, ConversationId } from '../ids.ts'
import type { Instant } from '../instant.ts'

export const eventTypes = [
  'conversation.started', 'conversation.closed', 'conversation.reopened',
  'message.created', 'message.delivered', 'message.seen',
  'participant.joined', 'participant.left',
  'session.started', 'session.expired', 'session.ended',
  'contact.created', 'contact.updated', 'contact.erased', 'contact.merged',
  'proactive.scheduled', 'proactive.rescheduled', 'proactive.sent', 'proactive.cancelled', 'proactive.expired',
] as const

export type EventType = (typeof eventTypes)[number]

/** Something that happened, for other systems: appended in the same transaction as the change it tells of. */
export interface DomainEvent {
  readonly type: EventType
  readonly at: Instant
  readonly contactId?: ContactId
  readonly conversationId?: ConversationId
  /** The entry that this event is about; its content is read from the log rather than written twice. */
  readonly entrySeq?: number
  readonly data?: Readonly<Record<string, unknown>>
}

/** Places in the feed are gap-proof: a reader that asks for what is after `position` misses nothing. */
export interface StoredEvent extends DomainEvent {
  readonly position: number
}
