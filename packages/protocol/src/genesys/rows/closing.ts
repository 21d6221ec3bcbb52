import { Type } from 'typebox'
import { defineOperation } from '../../rest/operation.ts'
import { id } from '../../rest/sample.ts'
import { Id } from '../../scalars/identifier.ts'
import { genesysSample as sample } from '../sample.ts'
import { GenesysConversation } from '../shapes/conversation.ts'

const common = { tags: ['Genesys Cloud'], auth: 'bearer' } as const
const toClose = ['webmessaging:write', 'admin:conversation:write'] as const
const toReopen = ['conversations:write', 'messaging:conversation:write', 'admin:conversation:write'] as const
const byState = {
  scopes: ['webmessaging:write', 'conversations:write', 'messaging:conversation:write', 'admin:conversation:write'],
  scopeRules: [
    { when: { field: 'state', equals: 'disconnected' }, scopes: toClose },
    { when: { field: 'state', equals: 'connected' }, scopes: toReopen },
  ],
} as const
const ofConversation = Type.Object({ conversationId: Id })
const ofParticipant = Type.Object({ conversationId: Id, participantId: Id })

/** Whole models are sent here, read before and changed in one key: the others are let through and mean nothing. */
const StateChange = Type.Object({ state: Type.Optional(Type.String({ description: 'disconnected or connected' })) }, { title: 'GenesysStateChange' })
const toDisconnect = { state: 'disconnected' } as const

/** SDK: `deleteConversation`. */
export const deleteGenesysConversation = defineOperation({
  ...common,
  operationId: 'genesys-delete-conversation',
  method: 'DELETE',
  path: '/api/v2/conversations/{conversationId}',
  summary: 'Close a conversation',
  description: 'Nothing is deleted. Closing what is closed changes nothing and answers the same.',
  scopes: toClose,
  params: ofConversation,
  responses: { 204: null },
  idempotent: false,
  refusals: ['erased'],
  examples: [{ summary: 'Close it', params: { conversationId: id.conversation }, status: 204 }],
})

/** SDK: `postConversationDisconnect`. */
export const disconnectGenesysConversation = defineOperation({
  ...common,
  operationId: 'genesys-post-conversation-disconnect',
  method: 'POST',
  path: '/api/v2/conversations/{conversationId}/disconnect',
  summary: 'Disconnect a conversation, that is, close it',
  scopes: toClose,
  params: ofConversation,
  responses: { 202: Type.String() },
  idempotent: true,
  refusals: ['erased'],
  examples: [{ summary: 'Close it', params: { conversationId: id.conversation }, status: 202, answer: 'disconnected' }],
})

/** SDK: `patchConversationsMessage`. */
export const patchGenesysConversation = defineOperation({
  ...common,
  ...byState,
  operationId: 'genesys-patch-conversations-message',
  method: 'PATCH',
  path: '/api/v2/conversations/messages/{conversationId}',
  summary: 'Close or reopen a conversation by its state',
  description: 'state disconnected closes, connected reopens. Both change nothing where it is so already.',
  params: ofConversation,
  body: StateChange,
  responses: { 200: GenesysConversation },
  idempotent: true,
  refusals: ['erased'],
  examples: [{ summary: 'Reopen it', params: { conversationId: id.conversation }, body: { state: 'connected' }, status: 200, answer: sample.conversation }],
})

const patchParticipant = {
  ...common,
  ...byState,
  method: 'PATCH',
  summary: 'Disconnect a participant, or connect them again',
  description: 'The customer’s leg is the conversation: disconnecting closes it, connecting reopens it. Anybody else leaves or comes back.',
  params: ofParticipant,
  body: StateChange,
  responses: { 202: null },
  idempotent: true,
  refusals: ['erased'],
  examples: [{ summary: 'The customer’s leg ends', params: { conversationId: id.conversation, participantId: id.customer }, body: toDisconnect, status: 202 }],
} as const

/** SDK: `patchConversationParticipant`. */
export const patchGenesysParticipant = defineOperation({
  ...patchParticipant,
  operationId: 'genesys-patch-conversation-participant',
  path: '/api/v2/conversations/{conversationId}/participants/{participantId}',
})

/** SDK: `patchConversationsMessageParticipant`. */
export const patchGenesysMessageParticipant = defineOperation({
  ...patchParticipant,
  operationId: 'genesys-patch-conversations-message-participant',
  path: '/api/v2/conversations/messages/{conversationId}/participants/{participantId}',
})

/** SDK: `patchConversationsMessageParticipantCommunication`. */
export const patchGenesysCommunication = defineOperation({
  ...patchParticipant,
  operationId: 'genesys-patch-conversations-message-participant-communication',
  path: '/api/v2/conversations/messages/{conversationId}/participants/{participantId}/communications/{communicationId}',
  summary: 'Disconnect a participant’s leg, or connect it again',
  params: Type.Object({ conversationId: Id, participantId: Id, communicationId: Id }),
  responses: { 200: null },
  examples: [
    {
      summary: 'The customer’s leg ends',
      params: { conversationId: id.conversation, participantId: id.customer, communicationId: id.customer },
      body: toDisconnect,
      status: 200,
    },
  ],
})

const patchAttributes = {
  ...common,
  method: 'PATCH',
  summary: 'Set attributes of the customer',
  description: 'They become attributes of the contact, beside those there are, and so outlive the conversation. Other participants have none.',
  scopes: ['contacts:write'],
  params: ofParticipant,
  body: Type.Object(
    {
      attributes: Type.Optional(
        Type.Record(Type.String(), Type.String({ maxLength: 1000 }), { maxProperties: 50, propertyNames: Type.String({ minLength: 1, maxLength: 100 }) }),
      ),
    },
    { title: 'GenesysParticipantAttributes' },
  ),
  responses: { 202: null },
  idempotent: true,
  refusals: ['erased'],
  examples: [{ summary: 'A tier', params: { conversationId: id.conversation, participantId: id.customer }, body: { attributes: { tier: 'gold' } }, status: 202 }],
} as const

/** SDK: `patchConversationParticipantAttributes`. */
export const patchGenesysParticipantAttributes = defineOperation({
  ...patchAttributes,
  operationId: 'genesys-patch-conversation-participant-attributes',
  path: '/api/v2/conversations/{conversationId}/participants/{participantId}/attributes',
})

/** SDK: `patchConversationsMessageParticipantAttributes`. */
export const patchGenesysMessageParticipantAttributes = defineOperation({
  ...patchAttributes,
  operationId: 'genesys-patch-conversations-message-participant-attributes',
  path: '/api/v2/conversations/messages/{conversationId}/participants/{participantId}/attributes',
  responses: { 202: Type.Object({ attributes: Type.Record(Type.String(), Type.String()) }) },
  examples: [
    {
      summary: 'A tier', params: { conversationId: id.conversation, participantId: id.customer },
      body: { attributes: { tier: 'gold' } }, status: 202, answer: { attributes: { tier: 'gold' } },
    },
  ],
})
