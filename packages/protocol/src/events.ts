import { Type } from 'typebox'
import { Id } from './scalars/identifier.ts'
import { Instant } from './scalars/instant.ts'
import { Entry } from './shapes/entry.ts'
import { ParticipantPurpose } from './shapes/participant.ts'
import { Author } from './shapes/sender.ts'
import type { Wire } from './wire.ts'

const closedOrReopened = Type.Object({ by: Type.Optional(Author), reason: Type.Optional(Type.String()) })
const participant = Type.Object({ participantId: Id, purpose: Type.Optional(ParticipantPurpose), name: Type.Optional(Type.String()) })
const receipt = Type.Object({ by: Type.Enum(['guest', 'business']), upToSeq: Type.Integer({ minimum: 1 }) })
const session = Type.Object({ sessionId: Id, reason: Type.Optional(Type.String()) })
const contact = Type.Object({})
const proactive = Type.Object({
  proactiveId: Id,
  messageId: Type.Optional(Id),
  sendAt: Type.Optional(Instant),
  reason: Type.Optional(Type.String()),
})

/** What each type of event carries in `data`. Consumers must ignore keys they do not know. */
export const eventData = {
  'conversation.started': Type.Object({ previousConversationId: Type.Optional(Id), quiet: Type.Optional(Type.Boolean()) }),
  'conversation.closed': closedOrReopened,
  'conversation.reopened': closedOrReopened,
  'message.created': Type.Object({ message: Entry }),
  'message.delivered': receipt,
  'message.seen': receipt,
  'participant.joined': participant,
  'participant.left': participant,
  'session.started': session,
  'session.expired': session,
  'session.ended': session,
  'contact.created': contact,
  'contact.updated': contact,
  'contact.erased': contact,
  'contact.merged': Type.Object({ mergedContactId: Id }),
  'proactive.scheduled': proactive,
  'proactive.rescheduled': proactive,
  'proactive.sent': proactive,
  'proactive.cancelled': proactive,
  'proactive.expired': proactive,
} as const

export type EventType = keyof typeof eventData

/** Every event type, in the order of the table. */
export const eventTypes = Object.keys(eventData).filter(isEventType)

/** Something that happened. `id` is the feed's cursor just after it: ask for what is `after` it to go on. */
export const Event = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 500 }),
    type: Type.Enum([...eventTypes]),
    time: Instant,
    contactId: Type.Optional(Id),
    conversationId: Type.Optional(Id),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { title: 'Event' },
)
export type Event = Wire<typeof Event>

/** An event of one type, with the data of that type. */
export type EventOf<T extends EventType> = Omit<Event, 'type' | 'data'> & { readonly type: T; readonly data: Wire<(typeof eventData)[T]> }

/** Narrows an event by its type; its data is then what `eventData` says. */
export function isEventOf<T extends EventType>(event: Event, type: T): event is Event & EventOf<T> {
  return event.type === type
}

/** The stream's one event that is not in the feed: somebody is writing. It has no id and is never replayed. */
export const TypingEvent = Type.Object(
  { contactId: Id, conversationId: Id, by: Type.Enum(['guest', 'agent']), name: Type.Optional(Type.String()) },
  { title: 'TypingEvent' },
)
export type TypingEvent = Wire<typeof TypingEvent>

/** Is this text the name of an event type? */
export function isEventType(text: string): text is EventType {
  return Object.hasOwn(eventData, text)
}
