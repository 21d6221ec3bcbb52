import { Type } from 'typebox'
import type { Wire } from '../wire.ts'
import { Token, TracingId } from './envelope.ts'

const Seq = Type.Integer({ minimum: 1 })
const Conversation = Type.String({ minLength: 1, maxLength: 64 })

/** Moves the guest's cursors forward. Not answered; everyone of the contact gets a Receipt. */
export const Acknowledge = Type.Object({
  action: Type.Literal('acknowledge'),
  token: Token,
  tracingId: Type.Optional(TracingId),
  conversationId: Conversation,
  deliveredSeq: Type.Optional(Seq),
  seenSeq: Type.Optional(Seq),
  dismissedSeq: Type.Optional(Seq),
})
export type Acknowledge = Wire<typeof Acknowledge>

/** Asks for entries before one that the guest has; a History frame answers. */
export const History = Type.Object({
  action: Type.Literal('history'),
  token: Token,
  tracingId: Type.Optional(TracingId),
  conversationId: Conversation,
  beforeSeq: Seq,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
})
export type History = Wire<typeof History>
