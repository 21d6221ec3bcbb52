import { Type } from 'typebox'
import { Name } from '../../scalars/text.ts'
import { SignedInAgent } from '../../shapes/agent.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** Sets the HttpOnly cookie `beckon_agent`. A wrong name and a wrong password are the same refusal. */
export const loginAgent = defineOperation({
  operationId: 'login-agent',
  method: 'POST',
  path: '/api/v2/agents/login',
  summary: 'Sign in at the desk',
  description: 'Sets the cookie `beckon_agent`. Calls that change something count only with the header `X-Beckon-Desk: 1` beside it.',
  tags: ['Agents'],
  auth: 'none',
  scopes: [],
  body: Type.Object({ name: Name, password: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
  responses: { 200: SignedInAgent },
  idempotent: false,
  refusals: ['invalid_token'],
  examples: [
    {
      summary: 'Mira signs in',
      body: { name: 'mira', password: 'correct horse battery' },
      status: 200,
      answer: { agent: sample.agent, scopes: ['conversations:read', 'conversations:write'] },
    },
  ],
})
