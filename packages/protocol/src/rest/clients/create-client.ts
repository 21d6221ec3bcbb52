import { ClientRegistration, OAuthClientWithSecret } from '../../shapes/oauth-client.ts'
import { defineOperation } from '../operation.ts'
import { sample } from '../sample.ts'

/** The only answer, beside a rotation, that shows the secret. */
export const createClient = defineOperation({
  operationId: 'create-client',
  method: 'POST',
  path: '/api/v2/oauth/clients',
  summary: 'Create a client',
  description: 'An answer with a secret is not remembered, so there is no `Idempotency-Key`: after a lost answer, look for the client in the list and replace its secret.',
  tags: ['Clients'],
  auth: 'bearer',
  scopes: ['oauth:clients:write'],
  body: ClientRegistration,
  responses: { 201: OAuthClientWithSecret },
  idempotent: false,
  etag: true,
  examples: [{ summary: 'A CRM that reaches contacts', body: { name: 'CRM', scopes: ['messaging:contact:write', 'conversations:read'] }, status: 201, answer: { ...sample.client, secret: 'bks_4kQ…' } }],
})
