import { Type } from 'typebox'
import { defineOperation } from '../../rest/operation.ts'
import { id, time } from '../../rest/sample.ts'
import { Id } from '../../scalars/identifier.ts'
import { MessageText } from '../../scalars/text.ts'
import { genesysSample as sample } from '../sample.ts'
import { GenesysAgentlessAnswer, GenesysAgentlessRequest } from '../shapes/agentless.ts'
import { GenesysMessage } from '../shapes/message.ts'

const sending = { method: 'POST', tags: ['Genesys Cloud'], auth: 'bearer' } as const
const ofLeg = Type.Object({ conversationId: Id, communicationId: Id })
const leg = { conversationId: id.conversation, communicationId: id.customer }
const toConversation = ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'] as const

/** SDK: `postConversationsMessageCommunicationMessages`. */
export const sendGenesysMessage = defineOperation({
  ...sending,
  operationId: 'genesys-post-conversations-message-communication-messages',
  path: '/api/v2/conversations/messages/{conversationId}/communications/{communicationId}/messages',
  summary: 'Send a message into a conversation',
  description:
    'By the leg of an agent or a bot it is from them, by the customer’s from the calling program. Of a closed conversation the deployment’s policy decides; '
    + 'the answer’s conversationId is where it went.',
  scopes: toConversation,
  params: ofLeg,
  body: Type.Object({ textBody: Type.Optional(MessageText) }, { title: 'GenesysAdditionalMessage' }),
  responses: { 200: GenesysMessage },
  idempotent: true,
  refusals: ['conversation_closed', 'opted_out', 'unreachable', 'erased'],
  examples: [{ summary: 'A sentence', params: leg, body: { textBody: 'Your parcel has arrived.' }, status: 200, answer: sample.message }],
})

/** SDK: `postConversationsMessageCommunicationTyping`. */
export const sendGenesysTyping = defineOperation({
  ...sending,
  operationId: 'genesys-post-conversations-message-communication-typing',
  path: '/api/v2/conversations/messages/{conversationId}/communications/{communicationId}/typing',
  summary: 'Show that somebody of the business is writing',
  scopes: toConversation,
  params: ofLeg,
  body: Type.Object(
    { typing: Type.Object({ type: Type.Literal('On'), duration: Type.Optional(Type.Integer({ minimum: 0 })) }) },
    { title: 'GenesysTyping' },
  ),
  responses: { 204: null },
  idempotent: false,
  refusals: ['erased'],
  examples: [{ summary: 'Mira writes', params: leg, body: { typing: { type: 'On', duration: 5000 } }, status: 204 }],
})

/** SDK: `postConversationsMessagesAgentless`. */
export const sendGenesysAgentless = defineOperation({
  ...sending,
  operationId: 'genesys-post-conversations-messages-agentless',
  path: '/api/v2/conversations/messages/agentless',
  summary: 'Reach a contact of a deployment',
  scopes: ['messaging:contact:write', 'conversations:write', 'admin:conversation:write'],
  body: GenesysAgentlessRequest,
  responses: { 200: GenesysAgentlessAnswer },
  idempotent: true,
  refusals: ['not_found', 'conversation_closed', 'conversation_open', 'opted_out', 'unreachable', 'erased'],
  examples: [
    {
      summary: 'By your own id of them',
      body: { fromAddress: id.deployment, toAddressMessengerType: 'webmessaging', externalContactId: 'crm-4711', textBody: 'Your parcel has arrived.' },
      status: 200,
      answer: {
        id: id.message, conversationId: id.conversation, fromAddress: id.deployment, messengerType: 'webmessaging', textBody: 'Your parcel has arrived.',
        useExistingActiveConversation: false, externalContactId: 'crm-4711', message: sample.message, timestamp: time.sent, selfUri: sample.message.selfUri,
      },
    },
  ],
})
