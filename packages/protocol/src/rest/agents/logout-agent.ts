import { Type } from 'typebox'
import { defineOperation } from '../operation.ts'

/** Ends the desk session of the cookie and takes the cookie away. */
export const logoutAgent = defineOperation({
  operationId: 'logout-agent',
  method: 'POST',
  path: '/api/v2/agents/logout',
  summary: 'Sign out at the desk',
  tags: ['Agents'],
  auth: 'agent',
  scopes: [],
  body: Type.Object({}, { additionalProperties: false }),
  responses: { 204: null },
  idempotent: false,
  examples: [{ summary: 'Sign out', body: {}, status: 204 }],
})
