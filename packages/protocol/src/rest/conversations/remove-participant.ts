import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Removing who has left already is the same answer. The customer cannot be removed: closing the conversation is what is meant. */
export const removeParticipant = defineOperation({
  operationId: 'remove-participant',
  method: 'DELETE',
  path: '/api/v2/conversations/messaging/{conversationId}/participants/{participantId}',
  summary: 'Let somebody leave a conversation',
  tags: ['Conversations'],
  auth: 'bearer',
  scopes: ['conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id, participantId: Id }),
  responses: { 204: null },
  idempotent: false,
  refusals: ['invalid_request', 'erased'],
  examples: [{ summary: 'Mira leaves', params: { conversationId: id.conversation, participantId: id.agent }, status: 204 }],
})
