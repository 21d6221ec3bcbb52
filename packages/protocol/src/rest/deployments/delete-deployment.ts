import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Its conversations stay readable. */
export const deleteDeployment = defineOperation({
  operationId: 'delete-deployment',
  method: 'DELETE',
  path: '/api/v2/deployments/{deploymentId}',
  summary: 'Delete a deployment',
  description: 'No page can connect by it any more. Its conversations stay readable.',
  tags: ['Deployments'],
  auth: 'bearer',
  scopes: ['deployments:write'],
  params: Type.Object({ deploymentId: Id }),
  responses: { 204: null },
  idempotent: false,
  examples: [{ summary: 'Delete it', params: { deploymentId: id.deployment }, status: 204 }],
})
