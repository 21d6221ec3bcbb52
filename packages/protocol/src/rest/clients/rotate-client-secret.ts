import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { OAuthClientWithSecret } from '../../shapes/oauth-client.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Tokens that were issued before stay valid until they expire. */
export const rotateClientSecret = defineOperation({
  operationId: 'rotate-client-secret',
  method: 'POST',
  path: '/api/v2/oauth/clients/{clientId}/secret',
  summary: "Replace a client's secret",
  description: 'The old secret stops working at once; tokens issued before stay valid until they expire. An answer with a secret is not remembered, so there is no `Idempotency-Key`: a repeated call makes yet another secret, and the last one counts.',
  tags: ['Clients'],
  auth: 'bearer',
  scopes: ['oauth:clients:write'],
  params: Type.Object({ clientId: Id }),
  body: Type.Object({}, { additionalProperties: false }),
  responses: { 200: OAuthClientWithSecret },
  idempotent: false,
  examples: [
    { summary: 'A fresh secret', params: { clientId: id.client }, body: {}, status: 200, answer: { ...sample.client, secret: 'bks_7Xw…' } },
  ],
})
