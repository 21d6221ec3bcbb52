import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** What they wrote keeps their name. */
export const deleteAgent = defineOperation({
  operationId: 'delete-agent',
  method: 'DELETE',
  path: '/api/v2/agents/{agentId}',
  summary: 'Delete an agent',
  description: 'Their desk sessions end. What they wrote keeps their name.',
  tags: ['Agents'],
  auth: 'bearer',
  scopes: ['agents:write'],
  params: Type.Object({ agentId: Id }),
  responses: { 204: null },
  idempotent: false,
  examples: [{ summary: 'Delete it', params: { agentId: id.agent }, status: 204 }],
})
