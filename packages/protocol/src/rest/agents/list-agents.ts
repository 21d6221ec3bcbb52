import { Type } from 'typebox'
import { Agent } from '../../shapes/agent.ts'
import { pageOf, pageQuery } from '../../shapes/page.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** Oldest first. */
export const listAgents = defineOperation({
  operationId: 'list-agents',
  method: 'GET',
  path: '/api/v2/agents',
  summary: 'List agents',
  tags: ['Agents'],
  auth: 'bearer',
  scopes: ['agents:write'],
  query: Type.Object(pageQuery, { additionalProperties: false }),
  responses: { 200: pageOf(Agent) },
  idempotent: false,
  examples: [{ summary: 'The first page', query: { pageSize: 25 }, status: 200, answer: { entities: [sample.agent], pageSize: 25 } }],
})
