import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Guest protocol 4.11. */
export const getDeploymentDomains = defineOperation({
  operationId: 'get-deployment-domains',
  method: 'GET',
  path: '/webdeployments/v1/deployments/{deploymentId}/domains.json',
  summary: 'See which sites may embed a deployment',
  tags: ['Guest'],
  auth: 'none',
  scopes: [],
  params: Type.Object({ deploymentId: Id }),
  responses: { 200: Type.Object({ allowAllDomains: Type.Boolean(), allowedDomains: Type.Array(Type.String()) }) },
  idempotent: false,
  examples: [
    { summary: 'One shop', params: { deploymentId: id.deployment }, status: 200, answer: { allowAllDomains: false, allowedDomains: ['shop.example'] } },
  ],
})
