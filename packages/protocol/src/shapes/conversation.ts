import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import type { Wire } from '../wire.ts'
import { Participant } from './participant.ts'
import { Author } from './sender.ts'

const Seq = Type.Integer({ minimum: 0 })

/** How far each side has come: everything up to and including that `seq`. */
const Cursors = Type.Object({
  guest: Type.Object({ deliveredSeq: Seq, seenSeq: Seq, dismissedSeq: Seq }),
  business: Type.Object({ deliveredSeq: Seq, seenSeq: Seq }),
})

/** A thread between one contact and the business. */
export const Conversation = Type.Object(
  {
    id: Id,
    contactId: Id,
    deploymentId: Id,
    status: Type.Enum(['open', 'closed']),
    quiet: Type.Boolean({ description: 'Started by an outbound message that nobody has answered.' }),
    participants: Type.Array(Participant),
    lastSeq: Seq,
    createdAt: Instant,
    lastEntryAt: Instant,
    lastText: Type.Optional(Type.String({ description: 'A preview of the last message.' })),
    closedAt: Type.Optional(Instant),
    closedBy: Type.Optional(Author),
    closedReason: Type.Optional(Type.String()),
    reopenableUntil: Type.Optional(Instant),
    previousConversationId: Type.Optional(Id),
    customAttributes: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: "What the guest's page said about the visit. Guests can write anything here." }),
    ),
    contact: Type.Optional(Type.Object({ name: Type.Optional(Type.String()) })),
    presence: Type.Object({ connections: Type.Integer({ minimum: 0 }) }),
    cursors: Cursors,
  },
  { title: 'Conversation' },
)
export type Conversation = Wire<typeof Conversation>
