import { Type } from 'typebox'
import type { Wire } from '../wire.ts'
import { Token, TracingId } from './envelope.ts'

const texts = Type.Record(Type.String(), Type.String())
const channel = Type.Object({ metadata: Type.Optional(Type.Object({ customAttributes: Type.Optional(texts) })) })

const buttonResponse = Type.Object({
  text: Type.Optional(Type.String()),
  payload: Type.Optional(Type.String()),
  type: Type.String(),
  originatingMessageId: Type.Optional(Type.String()),
})

/** An answer to something rich, in either dialect (guest protocol 2.5); `type` may be anything, older clients differ. */
export const ButtonResponse = Type.Object({ contentType: Type.Literal('ButtonResponse'), buttonResponse })
export type ButtonResponse = Wire<typeof ButtonResponse>

/** The answers to a form: one for each field, or for each item chosen in it (guest protocol 2.5). */
export const FormResponse = Type.Object({
  contentType: Type.Literal('Form'),
  form: Type.Object({
    originatingMessageId: Type.Optional(Type.String()),
    cannedResponseId: Type.Optional(Type.String()),
    response: Type.Array(Type.Object({ id: Type.String(), component: Type.Object({ buttonResponse }) })),
  }),
})
export type FormResponse = Wire<typeof FormResponse>

/** One event of an `Event` message. Those of other types are for other products, and are let through to be ignored. */
export const GuestEvent = Type.Object({
  eventType: Type.String(),
  typing: Type.Optional(Type.Object({ type: Type.Optional(Type.String()), duration: Type.Optional(Type.Number()) })),
  presence: Type.Optional(Type.Object({ type: Type.String() })),
})
export type GuestEvent = Wire<typeof GuestEvent>

/**
 * A message, or an event such as typing, from the guest (guest protocol 2.4). A `type` left out means Text. The limits of
 * text and attributes have codes of their own (4011, 4013) and are therefore not in this schema.
 * `clientId` is the browser's own id of the message, unique per contact: a retry is one message with one ack.
 */
export const OnMessage = Type.Object({
  action: Type.Literal('onMessage'),
  token: Token,
  tracingId: Type.Optional(TracingId),
  clientId: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  message: Type.Object({
    type: Type.Optional(Type.Enum(['Text', 'Structured', 'Event', 'Message'])),
    text: Type.Optional(Type.String()),
    content: Type.Optional(Type.Array(Type.Object({ contentType: Type.String() }), { maxItems: 50 })),
    events: Type.Optional(Type.Array(GuestEvent, { maxItems: 10 })),
    metadata: Type.Optional(texts),
    channel: Type.Optional(channel),
  }),
  channel: Type.Optional(channel),
})
export type OnMessage = Wire<typeof OnMessage>
