import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Agent } from '../../shapes/agent.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Without the password, of which only a hash is kept. */
export const getAgent = defineOperation({
  operationId: 'get-agent',
  method: 'GET',
  path: '/api/v2/agents/{agentId}',
  summary: 'Get an agent',
  tags: ['Agents'],
  auth: 'bearer',
  scopes: ['agents:write'],
  params: Type.Object({ agentId: Id }),
  responses: { 200: Agent },
  idempotent: false,
  etag: true,
  examples: [{ summary: 'One of them', params: { agentId: id.agent }, status: 200, answer: sample.agent }],
})
