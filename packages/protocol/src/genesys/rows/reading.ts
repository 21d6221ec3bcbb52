import { Type } from 'typebox'
import { defineOperation } from '../../rest/operation.ts'
import { id } from '../../rest/sample.ts'
import { Id } from '../../scalars/identifier.ts'
import { pageOf, pageQuery } from '../../shapes/page.ts'
import { genesysSample as sample } from '../sample.ts'
import { GenesysConversation, GenesysMessageConversation } from '../shapes/conversation.ts'
import { GenesysMessage } from '../shapes/message.ts'

const reading = {
  method: 'GET',
  tags: ['Genesys Cloud'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  idempotent: false,
} as const

/** SDK: `getConversation`. */
export const getGenesysConversation = defineOperation({
  ...reading,
  operationId: 'genesys-get-conversation',
  path: '/api/v2/conversations/{conversationId}',
  summary: 'Read a conversation with the legs of its participants',
  description: 'Of a long conversation, the legs list the newest 500 messages.',
  params: Type.Object({ conversationId: Id }),
  responses: { 200: GenesysConversation },
  refusals: ['erased'],
  examples: [{ summary: 'One under way', params: { conversationId: id.conversation }, status: 200, answer: sample.conversation }],
})

/** SDK: `getConversationsMessage`. */
export const getGenesysMessageConversation = defineOperation({
  ...reading,
  operationId: 'genesys-get-conversations-message',
  path: '/api/v2/conversations/messages/{conversationId}',
  summary: 'Read a conversation in the message view',
  params: Type.Object({ conversationId: Id }),
  responses: { 200: GenesysMessageConversation },
  refusals: ['erased'],
  examples: [{ summary: 'One under way', params: { conversationId: id.conversation }, status: 200, answer: sample.messageConversation }],
})

/** SDK: `getConversationsMessages`. */
export const listGenesysMessageConversations = defineOperation({
  ...reading,
  operationId: 'genesys-get-conversations-messages',
  path: '/api/v2/conversations/messages',
  summary: 'List open conversations in the message view',
  description: 'Those of everybody, newest first: a program has no conversations of its own.',
  query: Type.Object(pageQuery),
  responses: { 200: pageOf(GenesysMessageConversation) },
  examples: [{ summary: 'The first page', query: { pageSize: 25 }, status: 200, answer: { entities: [sample.messageConversation], pageSize: 25 } }],
})

/** SDK: `getConversationsMessageMessage`. */
export const getGenesysMessage = defineOperation({
  ...reading,
  operationId: 'genesys-get-conversations-message-message',
  path: '/api/v2/conversations/messages/{conversationId}/messages/{messageId}',
  summary: 'Read a message of a conversation',
  params: Type.Object({ conversationId: Id, messageId: Id }),
  responses: { 200: GenesysMessage },
  refusals: ['erased'],
  examples: [{ summary: 'One that was sent', params: { conversationId: id.conversation, messageId: id.message }, status: 200, answer: sample.message }],
})

/** SDK: `getConversationsMessageDetails`. */
export const getGenesysMessageDetails = defineOperation({
  ...reading,
  operationId: 'genesys-get-conversations-message-details',
  path: '/api/v2/conversations/messages/{messageId}/details',
  summary: 'Read a message by its id alone',
  params: Type.Object({ messageId: Id }),
  responses: { 200: GenesysMessage },
  refusals: ['erased'],
  examples: [{ summary: 'One that was sent', params: { messageId: id.message }, status: 200, answer: sample.message }],
})

/** SDK: `postConversationsMessageMessagesBulk`. */
export const getGenesysMessagesInBulk = defineOperation({
  ...reading,
  operationId: 'genesys-post-conversations-message-messages-bulk',
  method: 'POST',
  path: '/api/v2/conversations/messages/{conversationId}/messages/bulk',
  summary: 'Read several messages of a conversation',
  description: 'Ids that are none of a message of this conversation are left out of the answer.',
  params: Type.Object({ conversationId: Id }),
  body: Type.Array(Id, { maxItems: 1000 }),
  responses: { 200: Type.Object({ entities: Type.Array(GenesysMessage) }) },
  refusals: ['erased'],
  examples: [{ summary: 'One of one', params: { conversationId: id.conversation }, body: [id.message], status: 200, answer: { entities: [sample.message] } }],
})
