import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import { Metadata } from '../scalars/metadata.ts'
import { MessageText } from '../scalars/text.ts'
import type { Wire } from '../wire.ts'
import { Content } from '../content/content-item.ts'
import { Delivery } from './delivery.ts'
import { SendPolicy } from './policy.ts'
import { Sender } from './sender.ts'

/** The fields of every send, however it is addressed. */
export const sendFields = {
  text: Type.Optional(MessageText),
  content: Type.Optional(Content),
  from: Type.Optional(Sender),
  proactive: Type.Optional(Type.Boolean({ description: 'Nobody asked for it: shown to the guest as a card that may be dismissed.' })),
  policy: Type.Optional(SendPolicy),
  dryRun: Type.Optional(Type.Boolean({ description: 'Answer with the plan and change nothing.' })),
  metadata: Type.Optional(Metadata),
}

/** A message says something: text, structured content, or both. */
export const saysSomething = { anyOf: [{ required: ['text'] }, { required: ['content'] }] }

/** A send whose address is in the path. */
export const Send = Type.Object(sendFields, { additionalProperties: false, ...saysSomething, title: 'Send' })
export type Send = Wire<typeof Send>

/** The state that a send found. */
export const Found = Type.Object(
  {
    contact: Type.Literal('known'),
    conversation: Type.Enum(['none', 'open', 'closed']),
    session: Type.Enum(['none', 'active', 'expired', 'ended']),
    connections: Type.Integer({ minimum: 0 }),
    closedAt: Type.Optional(Instant),
  },
  { title: 'Found' },
)
export type Found = Wire<typeof Found>

/** What a send did to the thread. */
export const Did = Type.Enum(['appended', 'reopened', 'started', 'startedLinked'])

/** Where a message that the business sends is in its life. */
export const SendStatus = Type.Enum(['scheduled', 'sent', 'delivered', 'seen', 'cancelled', 'expired'])

const outcome = {
  status: SendStatus,
  contactId: Id,
  conversationId: Type.Optional(Id),
  found: Found,
  did: Type.Optional(Did),
  deliveries: Type.Array(Delivery),
  deferUntil: Type.Optional(Instant),
  canonical: Type.Optional(Type.String({ description: 'The documented spelling of the call that was made.' })),
}

/** What became of a send: what was found, what was done about it, what happens next. A scheduled one has not done anything yet. */
export const SendAnswer = Type.Object({ id: Id, messageId: Id, ...outcome }, { title: 'SendAnswer' })
export type SendAnswer = Wire<typeof SendAnswer>

/** The answer to a dry run: what would become of the send. Nothing was stored, so nothing has an id. */
export const SendPlan = Type.Object(outcome, { title: 'SendPlan' })
export type SendPlan = Wire<typeof SendPlan>
