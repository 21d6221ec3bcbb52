import { TokenReference } from '../../shapes/oauth.ts'
import { defineOperation } from '../operation.ts'

/** RFC 7009: an unknown token is as good as revoked. Refusals are `OAuthError`, not problems. */
export const revokeToken = defineOperation({
  operationId: 'revoke-token',
  method: 'POST',
  path: '/oauth/revoke',
  summary: 'Revoke a token',
  tags: ['Tokens'],
  auth: 'client',
  scopes: [],
  body: TokenReference,
  consumes: 'application/x-www-form-urlencoded',
  responses: { 200: null },
  idempotent: false,
  examples: [{ summary: 'Revoke a token', body: { token: 'bkt_9fA2…' }, status: 200 }],
})
