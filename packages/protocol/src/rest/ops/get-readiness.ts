import { Type } from 'typebox'
import { defineOperation } from '../operation.ts'

/** Not ready while starting, draining, or without its store: send traffic elsewhere. */
export const getReadiness = defineOperation({
  operationId: 'get-readiness',
  method: 'GET',
  path: '/readyz',
  summary: 'See whether this node can serve',
  tags: ['Operations'],
  auth: 'none',
  scopes: [],
  responses: { 200: Type.Object({ ready: Type.Boolean(), checks: Type.Record(Type.String(), Type.String()) }) },
  idempotent: false,
  examples: [{ summary: 'Ready', status: 200, answer: { ready: true, checks: { store: 'ok' } } }],
})
