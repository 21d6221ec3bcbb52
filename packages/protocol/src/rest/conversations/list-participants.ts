import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { pageOf } from '../../shapes/page.ts'
import { Participant } from '../../shapes/participant.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Those who left included, with `leftAt`. */
export const listParticipants = defineOperation({
  operationId: 'list-participants',
  method: 'GET',
  path: '/api/v2/conversations/messaging/{conversationId}/participants',
  summary: 'List who takes part in a conversation',
  tags: ['Conversations'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  responses: { 200: pageOf(Participant) },
  idempotent: false,
  refusals: ['erased'],
  examples: [
    { summary: 'Only the guest', params: { conversationId: id.conversation }, status: 200, answer: { entities: [sample.customer], pageSize: 1 } },
  ],
})
