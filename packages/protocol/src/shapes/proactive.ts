import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import type { Wire } from '../wire.ts'
import { Delivery } from './delivery.ts'
import { SendPolicy } from './policy.ts'
import { Did, Found, SendStatus } from './send.ts'
import { Author } from './sender.ts'

/** A message the business sends without being asked: the request, what came of it, step by step. */
export const Proactive = Type.Object(
  {
    id: Id,
    status: SendStatus,
    statusReason: Type.Optional(Type.String()),
    contactId: Id,
    conversationId: Type.Optional(Id),
    messageId: Id,
    text: Type.String(),
    from: Type.Optional(Author),
    policy: SendPolicy,
    sendAt: Type.Optional(Instant),
    expiresAt: Type.Optional(Instant),
    createdAt: Instant,
    found: Type.Optional(Found),
    did: Type.Optional(Did),
    deliveries: Type.Array(Delivery),
    timeline: Type.Array(Type.Object({ at: Instant, what: Type.String(), detail: Type.Optional(Type.String()) })),
  },
  { title: 'Proactive' },
)
export type Proactive = Wire<typeof Proactive>
