import { Type } from 'typebox'
import { Instant } from '../../scalars/instant.ts'
import { MessageText } from '../../scalars/text.ts'
import type { Wire } from '../../wire.ts'
import { GenesysMessage } from './message.ts'

/** `SendAgentlessOutboundMessageRequest`. Keys that are not named here are let through and mean nothing. */
export const GenesysAgentlessRequest = Type.Object(
  {
    fromAddress: Type.String({ minLength: 1, maxLength: 64, description: 'The deployment.' }),
    toAddressMessengerType: Type.String({ description: 'webmessaging; the others are refused.' }),
    externalContactId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'The contact: its id here, or your own external id of it.' })),
    toAddress: Type.Optional(Type.String({ description: 'Of other channels; refused.' })),
    textBody: Type.Optional(MessageText),
    useExistingActiveConversation: Type.Optional(Type.Boolean({
      description: 'false: refuse while the contact is in an open conversation. true, or absent: write into it.',
    })),
  },
  { title: 'GenesysAgentlessRequest' },
)
export type GenesysAgentlessRequest = Wire<typeof GenesysAgentlessRequest>

export const GenesysAgentlessAnswer = Type.Object(
  {
    id: Type.String(),
    conversationId: Type.Optional(Type.String({ description: 'Absent while the message waits for its time.' })),
    fromAddress: Type.String(),
    messengerType: Type.Literal('webmessaging'),
    textBody: Type.String(),
    useExistingActiveConversation: Type.Boolean(),
    externalContactId: Type.String(),
    message: GenesysMessage,
    timestamp: Instant,
    selfUri: Type.String(),
  },
  { title: 'GenesysAgentlessAnswer' },
)
export type GenesysAgentlessAnswer = Wire<typeof GenesysAgentlessAnswer>
