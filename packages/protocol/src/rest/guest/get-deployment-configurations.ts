import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { DeploymentConfig } from '../../shapes/deployment-config.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'
import { getDeploymentConfig } from './get-deployment-config.ts'

const { properties: config } = DeploymentConfig
const { apiEndpoint: _endpoint, beckon: _looks, auth, ...published } = config

/** Guest protocol 2.9. */
export const getDeploymentConfigurations = defineOperation({
  operationId: 'get-deployment-configurations',
  method: 'GET',
  path: '/api/v2/webdeployments/deployments/{deploymentId}/configurations',
  summary: 'Get the configuration that is published for a deployment',
  description: 'The same as `config.json`, in the shape that programs read. `type` and `expand` may be given, and change nothing.',
  tags: ['Guest'],
  auth: 'none',
  scopes: [],
  params: Type.Object({ deploymentId: Id }),
  query: Type.Object({}, { additionalProperties: true }),
  responses: {
    200: Type.Object({
      configurationVersion: Type.Object({ ...published, name: Type.String(), authenticationSettings: auth }),
      deployment: Type.Object({
        id: Id,
        name: Type.String(),
        status: config.status,
        allowAllDomains: Type.Boolean(),
        allowedDomains: Type.Array(Type.String()),
        configuration: Type.Object({ id: Id, version: Type.String() }),
      }),
    }),
  },
  idempotent: false,
  examples: [
    {
      summary: 'A shop',
      params: { deploymentId: id.deployment },
      status: 200,
      answer: {
        configurationVersion: {
          id: id.deployment, name: 'Shop', version: '1', status: 'Active', languages: ['en-us'], defaultLanguage: 'en-us',
          authenticationSettings: { enabled: false, allowSessionUpgrade: false },
          journeyEvents: { enabled: false },
          messenger: getDeploymentConfig.examples[0].answer.messenger,
        },
        deployment: {
          id: id.deployment, name: 'Shop', status: 'Active', allowAllDomains: false, allowedDomains: ['shop.example'],
          configuration: { id: id.deployment, version: '1' },
        },
      },
    },
  ],
})
