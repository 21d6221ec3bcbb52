import { Type } from 'typebox'
import { Instant } from '../../scalars/instant.ts'
import type { Wire } from '../../wire.ts'

/** How far a message has come, in the market leader's words. */
const GenesysMessageStatus = Type.Enum(['queued', 'sent', 'received', 'delivery-success', 'read', 'removed'])

/** Who a message is from or to. */
const Party = Type.Object({
  id: Type.String(),
  idType: Type.Literal('Opaque'),
  nickname: Type.Optional(Type.String()),
})

const GenesysNormalizedMessage = Type.Object(
  {
    id: Type.String(),
    channel: Type.Object({
      id: Type.String({ description: 'The deployment.' }),
      platform: Type.Literal('WebMessaging'),
      type: Type.Literal('Private'),
      messageId: Type.String(),
      from: Type.Optional(Party),
      time: Instant,
    }),
    type: Type.Enum(['Text', 'Structured']),
    text: Type.String(),
    content: Type.Optional(Type.Array(Type.Unknown())),
    status: Type.Enum(['Sent', 'Delivered', 'Read', 'Removed']),
    originatingEntity: Type.Enum(['Human', 'Bot']),
    direction: Type.Enum(['Inbound', 'Outbound']),
    metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { title: 'GenesysNormalizedMessage' },
)

/** One message. `textBody` is for older SDKs, `normalizedMessage` for newer ones; they say the same. */
export const GenesysMessage = Type.Object(
  {
    id: Type.String(),
    conversationId: Type.Optional(Type.String({ description: 'Absent while the message waits for its time.' })),
    timestamp: Instant,
    direction: Type.Enum(['inbound', 'outbound']),
    messengerType: Type.Literal('webmessaging'),
    status: GenesysMessageStatus,
    textBody: Type.String(),
    normalizedMessage: GenesysNormalizedMessage,
    fromAddress: Type.Optional(Type.String()),
    toAddress: Type.Optional(Type.String()),
    createdBy: Type.Optional(Type.Object({ id: Type.String(), name: Type.Optional(Type.String()) })),
    selfUri: Type.String(),
  },
  { title: 'GenesysMessage' },
)
export type GenesysMessage = Wire<typeof GenesysMessage>

/** A message as conversations list it: its text is read by its id. */
export const GenesysMessageDetails = Type.Object(
  {
    messageId: Type.String(),
    messageURI: Type.String(),
    messageStatus: GenesysMessageStatus,
    messageSegmentCount: Type.Literal(1),
    messageTime: Instant,
  },
  { title: 'GenesysMessageDetails' },
)
export type GenesysMessageDetails = Wire<typeof GenesysMessageDetails>
