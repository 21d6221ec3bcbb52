import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Agent, AgentChanges } from '../../shapes/agent.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** A new password ends their desk sessions. */
export const updateAgent = defineOperation({
  operationId: 'update-agent',
  method: 'PATCH',
  path: '/api/v2/agents/{agentId}',
  summary: 'Change an agent',
  description: 'What is left out stays. A new password ends their desk sessions.',
  tags: ['Agents'],
  auth: 'bearer',
  scopes: ['agents:write'],
  params: Type.Object({ agentId: Id }),
  body: AgentChanges,
  responses: { 200: Agent },
  idempotent: true,
  etag: true,
  ifMatch: 'optional',
  examples: [
    { summary: 'Mira is promoted', body: { role: 'supervisor' }, params: { agentId: id.agent }, status: 200, answer: { ...sample.agent, role: 'supervisor' } },
  ],
})
