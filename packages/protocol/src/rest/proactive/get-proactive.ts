import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Proactive } from '../../shapes/proactive.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** With its timeline. */
export const getProactive = defineOperation({
  operationId: 'get-proactive',
  method: 'GET',
  path: '/api/v2/conversations/messaging/proactive/{proactiveId}',
  summary: 'Get a proactive message and its timeline',
  tags: ['Proactive messages'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  params: Type.Object({ proactiveId: Id }),
  responses: { 200: Proactive },
  idempotent: false,
  refusals: ['erased'],
  examples: [{ summary: 'One under way', params: { proactiveId: id.proactive }, status: 200, answer: sample.proactive }],
})
