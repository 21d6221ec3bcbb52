import { Deployment, DeploymentSettings } from '../../shapes/deployment.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** Settings that are left out take their defaults. */
export const createDeployment = defineOperation({
  operationId: 'create-deployment',
  method: 'POST',
  path: '/api/v2/deployments',
  summary: 'Create a deployment',
  tags: ['Deployments'],
  auth: 'bearer',
  scopes: ['deployments:write'],
  body: DeploymentSettings,
  responses: { 201: Deployment },
  idempotent: true,
  etag: true,
  examples: [{ summary: 'For one shop', body: { name: 'Shop', allowedDomains: ['shop.example'] }, status: 201, answer: sample.deployment }],
})
