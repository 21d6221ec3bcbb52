import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import type { Wire } from '../wire.ts'

/** What a participant is in a conversation. */
export const ParticipantPurpose = Type.Enum(['customer', 'agent', 'bot', 'api'])

/** Who takes part in a conversation. */
export const Participant = Type.Object(
  {
    id: Id,
    purpose: ParticipantPurpose,
    externalId: Type.Optional(Type.String({ description: "The contact's id for the customer, the sender's own id for others." })),
    name: Type.Optional(Type.String()),
    joinedAt: Instant,
    leftAt: Type.Optional(Instant),
  },
  { title: 'Participant' },
)
export type Participant = Wire<typeof Participant>
