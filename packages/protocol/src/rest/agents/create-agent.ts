import { Agent, AgentRegistration } from '../../shapes/agent.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** The role is `agent` unless said otherwise. */
export const createAgent = defineOperation({
  operationId: 'create-agent',
  method: 'POST',
  path: '/api/v2/agents',
  summary: 'Create an agent',
  tags: ['Agents'],
  auth: 'bearer',
  scopes: ['agents:write'],
  body: AgentRegistration,
  responses: { 201: Agent },
  idempotent: true,
  etag: true,
  refusals: ['already_exists'],
  examples: [{ summary: 'Mira joins the team', body: { name: 'mira', displayName: 'Mira', role: 'agent', password: 'correct horse battery' }, status: 201, answer: sample.agent }],
})
