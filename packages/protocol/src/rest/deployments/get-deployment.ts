import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Deployment } from '../../shapes/deployment.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** One site or brand with all its settings. */
export const getDeployment = defineOperation({
  operationId: 'get-deployment',
  method: 'GET',
  path: '/api/v2/deployments/{deploymentId}',
  summary: 'Get a deployment',
  tags: ['Deployments'],
  auth: 'bearer',
  scopes: ['deployments:write'],
  params: Type.Object({ deploymentId: Id }),
  responses: { 200: Deployment },
  idempotent: false,
  etag: true,
  examples: [{ summary: 'One of them', params: { deploymentId: id.deployment }, status: 200, answer: sample.deployment }],
})
