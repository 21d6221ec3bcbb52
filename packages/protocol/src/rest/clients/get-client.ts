import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { OAuthClient } from '../../shapes/oauth-client.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Without its secret. */
export const getClient = defineOperation({
  operationId: 'get-client',
  method: 'GET',
  path: '/api/v2/oauth/clients/{clientId}',
  summary: 'Get a client',
  tags: ['Clients'],
  auth: 'bearer',
  scopes: ['oauth:clients:write'],
  params: Type.Object({ clientId: Id }),
  responses: { 200: OAuthClient },
  idempotent: false,
  etag: true,
  examples: [{ summary: 'One of them', params: { clientId: id.client }, status: 200, answer: sample.client }],
})
