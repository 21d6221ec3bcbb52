import { Type } from 'typebox'
import { defineOperation } from '../../rest/operation.ts'
import { id } from '../../rest/sample.ts'
import { Id } from '../../scalars/identifier.ts'
import { pageOf } from '../../shapes/page.ts'
import { genesysSample as sample } from '../sample.ts'
import { GenesysWebDeployment } from '../shapes/web-deployment.ts'

const common = { tags: ['Genesys Cloud'], auth: 'bearer', idempotent: false } as const

/** SDK: `getWebdeploymentsDeployments`. */
export const listGenesysWebDeployments = defineOperation({
  ...common,
  operationId: 'genesys-get-webdeployments-deployments',
  method: 'GET',
  path: '/api/v2/webdeployments/deployments',
  summary: 'List deployments',
  scopes: ['deployments:write'],
  query: Type.Object({
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 300 })),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  }),
  responses: { 200: pageOf(GenesysWebDeployment) },
  examples: [{ summary: 'All of them', status: 200, answer: { entities: [sample.webDeployment], pageSize: 100 } }],
})

/** SDK: `getWebdeploymentsDeployment`. */
export const getGenesysWebDeployment = defineOperation({
  ...common,
  operationId: 'genesys-get-webdeployments-deployment',
  method: 'GET',
  path: '/api/v2/webdeployments/deployments/{deploymentId}',
  summary: 'Read a deployment',
  scopes: ['deployments:write'],
  params: Type.Object({ deploymentId: Id }),
  responses: { 200: GenesysWebDeployment },
  examples: [{ summary: 'The shop', params: { deploymentId: id.deployment }, status: 200, answer: sample.webDeployment }],
})

/** SDK: `deleteTokensMe`. Its GET and HEAD are Beckon's own `get-my-token`. */
export const deleteGenesysToken = defineOperation({
  ...common,
  operationId: 'genesys-delete-tokens-me',
  method: 'DELETE',
  path: '/api/v2/tokens/me',
  summary: 'Revoke the token that asks',
  scopes: [],
  responses: { 200: null },
  refusals: ['invalid_request'],
  examples: [{ summary: 'Revoke it', status: 200 }],
})
