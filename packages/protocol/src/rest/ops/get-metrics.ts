import { Type } from 'typebox'
import { defineOperation } from '../operation.ts'

/** In the Prometheus text format. */
export const getMetrics = defineOperation({
  operationId: 'get-metrics',
  method: 'GET',
  path: '/metrics',
  summary: 'Read metrics in the Prometheus format',
  tags: ['Operations'],
  auth: 'none',
  scopes: [],
  produces: 'text/plain',
  responses: { 200: Type.String() },
  idempotent: false,
  examples: [{ summary: 'All is well', status: 200, answer: 'beckon_messages_total 42\n' }],
})
