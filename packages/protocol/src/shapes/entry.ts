import { Type } from 'typebox'
import { Id } from '../scalars/identifier.ts'
import { Instant } from '../scalars/instant.ts'
import { Metadata } from '../scalars/metadata.ts'
import type { Wire } from '../wire.ts'
import { Author } from './sender.ts'

/** What an event line of a conversation's log tells. */
export const EntryEvent = Type.Enum(['started', 'joined', 'left', 'closed', 'reopened'])

/** One line of a conversation's log. `seq` starts at 1, has no gaps, and is the order for everyone. */
export const Entry = Type.Object(
  {
    seq: Type.Integer({ minimum: 1 }),
    id: Id,
    conversationId: Id,
    kind: Type.Enum(['message', 'event']),
    direction: Type.Enum(['inbound', 'outbound']),
    createdAt: Instant,
    participantId: Type.Optional(Id),
    from: Type.Optional(Author),
    text: Type.Optional(Type.String()),
    content: Type.Optional(Type.Array(Type.Unknown())),
    event: Type.Optional(EntryEvent),
    reason: Type.Optional(Type.String()),
    clientId: Type.Optional(Type.String({ description: "The browser's own id for the message." })),
    proactiveId: Type.Optional(Id),
    withdrawn: Type.Optional(Type.Boolean({ description: 'Cancelled or expired before anybody saw it.' })),
    metadata: Type.Optional(Metadata),
  },
  { title: 'Entry' },
)
export type Entry = Wire<typeof Entry>
