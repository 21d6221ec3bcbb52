import { SignedInAgent } from '../../shapes/agent.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** Whose desk this is. */
export const getCurrentAgent = defineOperation({
  operationId: 'get-current-agent',
  method: 'GET',
  path: '/api/v2/agents/me',
  summary: 'See who is signed in at the desk',
  tags: ['Agents'],
  auth: 'agent',
  scopes: [],
  responses: { 200: SignedInAgent },
  idempotent: false,
  examples: [
    { summary: 'Mira', status: 200, answer: { agent: sample.agent, scopes: ['conversations:read', 'conversations:write'] } },
  ],
})
