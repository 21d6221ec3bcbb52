import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Conversation } from '../../shapes/conversation.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** With participants, cursors, presence. */
export const getConversation = defineOperation({
  operationId: 'get-conversation',
  method: 'GET',
  path: '/api/v2/conversations/messaging/{conversationId}',
  summary: 'Get a conversation',
  tags: ['Conversations'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  responses: { 200: Conversation },
  idempotent: false,
  etag: true,
  refusals: ['erased'],
  examples: [{ summary: 'A closed conversation', params: { conversationId: id.conversation }, status: 200, answer: sample.conversation }],
})
