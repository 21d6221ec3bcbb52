import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import type { Wire } from '../wire.ts'

const sessionFields = {
  sessionId: Id,
  webChatSessionId: Type.String({ description: 'The same as sessionId, in the spelling of older programs.' }),
  contactId: Id,
  state: Type.Enum(['active', 'expired', 'ended']),
  createdAt: Instant,
  expiresAt: Instant,
  endedAt: Type.Optional(Instant),
  endedReason: Type.Optional(
    Type.Enum(['expired', 'ended_by_guest', 'ended_by_agent', 'ended_by_backend', 'cleared', 'signed_in', 'signed_out', 'revoked', 'replaced', 'erased']),
  ),
}

/** One browser's authority to act as a contact. Its id stays an address after it has expired or ended. */
export const Session = Type.Object(sessionFields, { title: 'Session' })
export type Session = Wire<typeof Session>

/** A session as the call that creates it answers: the only time its secret token is shown. */
export const CreatedSession = Type.Object(
  { ...sessionFields, token: Type.String({ description: "The browser's secret." }), conversationId: Type.Optional(Id) },
  { title: 'CreatedSession' },
)
export type CreatedSession = Wire<typeof CreatedSession>
