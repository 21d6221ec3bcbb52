import { Type } from 'typebox'
import { Deployment } from '../../shapes/deployment.ts'
import { pageOf, pageQuery } from '../../shapes/page.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** Oldest first. */
export const listDeployments = defineOperation({
  operationId: 'list-deployments',
  method: 'GET',
  path: '/api/v2/deployments',
  summary: 'List deployments',
  tags: ['Deployments'],
  auth: 'bearer',
  scopes: ['deployments:write'],
  query: Type.Object(pageQuery, { additionalProperties: false }),
  responses: { 200: pageOf(Deployment) },
  idempotent: false,
  examples: [{ summary: 'The first page', query: { pageSize: 25 }, status: 200, answer: { entities: [sample.deployment], pageSize: 25 } }],
})
