import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Deployment, DeploymentSettings } from '../../shapes/deployment.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Open pages follow at their next connection. Needs `If-Match`: administrators edit the same page. */
export const updateDeployment = defineOperation({
  operationId: 'update-deployment',
  method: 'PATCH',
  path: '/api/v2/deployments/{deploymentId}',
  summary: 'Change a deployment',
  description: 'What is left out stays. Needs `If-Match`, so that two administrators do not undo each other’s work.',
  tags: ['Deployments'],
  auth: 'bearer',
  scopes: ['deployments:write'],
  params: Type.Object({ deploymentId: Id }),
  body: DeploymentSettings,
  responses: { 200: Deployment },
  idempotent: true,
  etag: true,
  ifMatch: 'required',
  examples: [
    { summary: 'Guests who write after the close start anew', body: { guestWritesAfterClose: 'startLinked' }, params: { deploymentId: id.deployment }, status: 200, answer: { ...sample.deployment, guestWritesAfterClose: 'startLinked' } },
  ],
})
