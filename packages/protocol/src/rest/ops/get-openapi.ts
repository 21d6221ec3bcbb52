import { Type } from 'typebox'
import { defineOperation } from '../operation.ts'

/** This API's own description, rendered from the schemas that validate. */
export const getOpenapi = defineOperation({
  operationId: 'get-openapi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'Get this description',
  tags: ['Operations'],
  auth: 'none',
  scopes: [],
  responses: { 200: Type.Object({ openapi: Type.String() }, { additionalProperties: true }) },
  idempotent: false,
  examples: [{ summary: 'The beginning of it', status: 200, answer: { openapi: '3.1.0' } }],
})
