import { Type } from 'typebox'
import type { Wire } from '../wire.ts'
import { EntryBody } from './message-body.ts'

const Seq = Type.Integer({ minimum: 0 })

/**
 * Entries of one conversation in ascending order of `seq`: the catch-up after configureSession, or the answer to `history`.
 * `complete`: the last frame of this catch-up. `reset`: the place to resume from was not valid; forget what was kept.
 */
export const HistoryBody = Type.Object({
  conversationId: Type.String(),
  entities: Type.Array(EntryBody),
  complete: Type.Boolean(),
  hasOlder: Type.Boolean(),
  reset: Type.Boolean(),
})
export type HistoryBody = Wire<typeof HistoryBody>

/** How far one side has come. `dismissedSeq` is the guest's only. */
export const ReceiptBody = Type.Object({
  conversationId: Type.String(),
  by: Type.Enum(['guest', 'business']),
  deliveredSeq: Seq,
  seenSeq: Seq,
  dismissedSeq: Type.Optional(Seq),
})
export type ReceiptBody = Wire<typeof ReceiptBody>

/** The session ends soon unless something happens in it. RFC 3339. */
export const SessionExpiringBody = Type.Object({ expiresAt: Type.String() })
export type SessionExpiringBody = Wire<typeof SessionExpiringBody>

/** `exp` in epoch seconds. */
export const JwtBody = Type.Object({ jwt: Type.String(), exp: Type.Integer() })
export type JwtBody = Wire<typeof JwtBody>

/** Why the connection is closed, under both names that clients read; empty when there is nothing to say. */
export const ConnectionClosedBody = Type.Object({ reason: Type.Optional(Type.String()), reasonCode: Type.Optional(Type.String()) })
export type ConnectionClosedBody = Wire<typeof ConnectionClosedBody>

/** Over a rate: repeat after `retryAfter` seconds. All keys are needed, by one client or another. */
export const TooManyRequestsBody = Type.Object({
  name: Type.String(),
  message: Type.String(),
  retryAfter: Type.Integer({ minimum: 1 }),
  errorCode: Type.Literal(4029),
  errorMessage: Type.String(),
})
export type TooManyRequestsBody = Wire<typeof TooManyRequestsBody>
