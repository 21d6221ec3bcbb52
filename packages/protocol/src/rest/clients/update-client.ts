import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { ClientChanges, OAuthClient } from '../../shapes/oauth-client.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Scopes taken away are gone from its living tokens too. */
export const updateClient = defineOperation({
  operationId: 'update-client',
  method: 'PATCH',
  path: '/api/v2/oauth/clients/{clientId}',
  summary: 'Change a client',
  description: 'What is left out stays. Scopes that are taken away are gone from living tokens too.',
  tags: ['Clients'],
  auth: 'bearer',
  scopes: ['oauth:clients:write'],
  params: Type.Object({ clientId: Id }),
  body: ClientChanges,
  responses: { 200: OAuthClient },
  idempotent: true,
  etag: true,
  ifMatch: 'optional',
  examples: [
    { summary: 'May only read from now on', body: { scopes: ['conversations:read'] }, params: { clientId: id.client }, status: 200, answer: { ...sample.client, scopes: ['conversations:read'] } },
  ],
})
