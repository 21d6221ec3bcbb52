import { Introspection, TokenReference } from '../../shapes/oauth.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** RFC 7662. Refusals are `OAuthError`, not problems. */
export const introspectToken = defineOperation({
  operationId: 'introspect-token',
  method: 'POST',
  path: '/oauth/introspect',
  summary: 'Ask whether a token is valid, and for what',
  tags: ['Tokens'],
  auth: 'client',
  scopes: [],
  body: TokenReference,
  consumes: 'application/x-www-form-urlencoded',
  responses: { 200: Introspection },
  idempotent: false,
  examples: [
    {
      summary: 'A living token',
      body: { token: 'bkt_9fA2…' },
      status: 200,
      answer: { active: true, scope: 'conversations:read', client_id: id.client, token_type: 'Bearer', exp: 1772622672, iat: 1772619072 },
    },
    { summary: 'Any other token', body: { token: 'unknown' }, status: 200, answer: { active: false } },
  ],
})
