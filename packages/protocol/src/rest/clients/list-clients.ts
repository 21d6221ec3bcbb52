import { Type } from 'typebox'
import { OAuthClient } from '../../shapes/oauth-client.ts'
import { pageOf, pageQuery } from '../../shapes/page.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** Oldest first. Secrets are never shown again. */
export const listClients = defineOperation({
  operationId: 'list-clients',
  method: 'GET',
  path: '/api/v2/oauth/clients',
  summary: 'List clients',
  tags: ['Clients'],
  auth: 'bearer',
  scopes: ['oauth:clients:write'],
  query: Type.Object(pageQuery, { additionalProperties: false }),
  responses: { 200: pageOf(OAuthClient) },
  idempotent: false,
  examples: [{ summary: 'The first page', query: { pageSize: 25 }, status: 200, answer: { entities: [sample.client], pageSize: 25 } }],
})
