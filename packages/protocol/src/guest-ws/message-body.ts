import { Type } from 'typebox'
import { EntryEvent } from '../shapes/entry.ts'
import type { Wire } from '../wire.ts'

const person = Type.Object({
  firstName: Type.Optional(Type.String()),
  lastName: Type.Optional(Type.String()),
  nickname: Type.Optional(Type.String()),
  image: Type.Optional(Type.String()),
})

const channel = Type.Object({
  time: Type.String({ description: 'ISO 8601 in UTC with milliseconds; each message of a session has its own, the same live and in history.' }),
  type: Type.Enum(['Private', 'Public']),
  messageId: Type.Optional(Type.String()),
  from: Type.Optional(person),
  to: Type.Optional(person),
  metadata: Type.Optional(Type.Object({ customAttributes: Type.Record(Type.String(), Type.String()) })),
})

/** The presence types that every guest client can read; another one would make some drop the frame. */
const PresenceType = Type.Enum(['Join', 'Disconnect', 'Clear', 'SignIn'])

const typing = Type.Object({
  eventType: Type.Literal('Typing'),
  typing: Type.Object({ type: Type.Enum(['On', 'Off']), duration: Type.Optional(Type.Integer()) }),
})

const presence = Type.Object({ eventType: Type.Literal('Presence'), presence: Type.Object({ type: PresenceType }) })

const messageFields = {
  id: Type.String(),
  type: Type.Enum(['Text', 'Structured', 'Event']),
  direction: Type.Enum(['Inbound', 'Outbound']),
  text: Type.Optional(Type.String()),
  channel,
  content: Type.Optional(Type.Array(Type.Unknown())),
  events: Type.Optional(Type.Array(Type.Union([typing, presence]))),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Text values only: another type makes clients drop the frame.' })),
  originatingEntity: Type.Optional(Type.Enum(['Human', 'Bot'])),
  originatingMessageId: Type.Optional(Type.String()),
}

/** A message or event as every guest client reads it (guest protocol 3.3). Inbound is from the guest. */
export const MessageBody = Type.Object(messageFields, { title: 'GuestMessage' })
export type MessageBody = Wire<typeof MessageBody>

/** One line of the conversation's log, for clients that opted in: a message body with its place in the log. */
export const EntryBody = Type.Object(
  {
    ...messageFields,
    seq: Type.Integer({ minimum: 1 }),
    conversationId: Type.String(),
    kind: Type.Enum(['message', 'event']),
    event: Type.Optional(EntryEvent),
    by: Type.Optional(Type.Enum(['guest', 'agent', 'bot', 'api', 'timer'], { description: 'Who did the event.' })),
    reason: Type.Optional(Type.String()),
    clientId: Type.Optional(Type.String()),
    proactive: Type.Optional(Type.Literal(true)),
    withdrawn: Type.Optional(Type.Literal(true)),
  },
  { title: 'GuestEntry' },
)
export type EntryBody = Wire<typeof EntryBody>
