import { Type } from 'typebox'
import { defineOperation } from '../operation.ts'

/** Alive does not mean ready: restart it only when this fails. */
export const getLiveness = defineOperation({
  operationId: 'get-liveness',
  method: 'GET',
  path: '/livez',
  summary: 'See whether the process lives',
  tags: ['Operations'],
  auth: 'none',
  scopes: [],
  produces: 'text/plain',
  responses: { 200: Type.String() },
  idempotent: false,
  examples: [{ summary: 'All is well', status: 200, answer: 'ok\n' }],
})
