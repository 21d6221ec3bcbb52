import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Its tokens stop working at once. */
export const deleteClient = defineOperation({
  operationId: 'delete-client',
  method: 'DELETE',
  path: '/api/v2/oauth/clients/{clientId}',
  summary: 'Delete a client',
  description: 'Its tokens stop working at once.',
  tags: ['Clients'],
  auth: 'bearer',
  scopes: ['oauth:clients:write'],
  params: Type.Object({ clientId: Id }),
  responses: { 204: null },
  idempotent: false,
  examples: [{ summary: 'Delete it', params: { clientId: id.client }, status: 204 }],
})
