import { Type } from 'typebox'
import type { Wire } from '../wire.ts'

const Seq = Type.Integer({ minimum: 0 })

/** The contact's current conversation, as its guest sees it. Also the body of a Conversation frame. */
export const GuestConversation = Type.Object(
  {
    id: Type.String(),
    status: Type.Enum(['open', 'closed']),
    lastSeq: Seq,
    firstVisibleSeq: Type.Integer({ minimum: 1, description: 'Entries before it are not shown to this browser.' }),
    guest: Type.Object({ deliveredSeq: Seq, seenSeq: Seq, dismissedSeq: Seq }),
    business: Type.Object({ deliveredSeq: Seq, seenSeq: Seq }),
    whenGuestWrites: Type.Enum(['append', 'reopen', 'startLinked', 'readOnly']),
    closedAt: Type.Optional(Type.String()),
    closedBy: Type.Optional(Type.Enum(['guest', 'agent', 'bot', 'api', 'timer'])),
    closedReason: Type.Optional(Type.String()),
  },
  { title: 'GuestConversation' },
)
export type GuestConversation = Wire<typeof GuestConversation>

/** For clients that opted in. `epoch` names this log: a place to resume from holds only within it. Times are RFC 3339. */
export const SessionAdditions = Type.Object({
  sessionId: Type.String(),
  contactId: Type.String(),
  epoch: Type.String(),
  expiresAt: Type.String(),
  now: Type.String({ description: "The server's time, for a browser with a wrong clock." }),
  resumed: Type.Boolean(),
  conversation: Type.Union([GuestConversation, Type.Null()]),
})
export type SessionAdditions = Wire<typeof SessionAdditions>

const allowedMedia = Type.Object({
  inbound: Type.Object({ fileTypes: Type.Array(Type.Object({ type: Type.String() })), maxFileSizeKB: Type.Integer() }),
})

/** The answer to configureSession and closeSession (guest protocol 3.2). `expirationDate` in epoch seconds; integers whole. */
export const SessionResponse = Type.Object({
  connected: Type.Boolean(),
  newSession: Type.Boolean(),
  readOnly: Type.Boolean(),
  clearedExistingSession: Type.Optional(Type.Boolean()),
  maxCustomDataBytes: Type.Integer(),
  durationSeconds: Type.Integer(),
  expirationDate: Type.Integer(),
  allowedMedia: Type.Optional(allowedMedia),
  blockedExtensions: Type.Optional(Type.Array(Type.String())),
  beckon: Type.Optional(SessionAdditions),
})
export type SessionResponse = Wire<typeof SessionResponse>

/** The answer to getConfiguration (guest protocol 3.6). */
export const GetConfigurationResponse = Type.Object({
  allowedMedia,
  maxCustomDataBytes: Type.Integer(),
  messageRoutingEnabled: Type.Boolean(),
  blockedExtensions: Type.Optional(Type.Array(Type.String())),
  sessionDurationSeconds: Type.Optional(Type.Integer()),
})
export type GetConfigurationResponse = Wire<typeof GetConfigurationResponse>
