import { TokenAnswer, TokenRequest } from '../../shapes/oauth.ts'
import { defineOperation } from '../operation.ts'

/** RFC 6749, section 4.4. Refusals are `OAuthError`, not problems. */
export const issueToken = defineOperation({
  operationId: 'issue-token',
  method: 'POST',
  path: '/oauth/token',
  summary: 'Get an access token',
  description: 'Client credentials, by Basic or in the body. `scope` narrows what the token may do.',
  tags: ['Tokens'],
  auth: 'client',
  scopes: [],
  body: TokenRequest,
  consumes: 'application/x-www-form-urlencoded',
  responses: { 200: TokenAnswer },
  idempotent: false,
  examples: [
    {
      summary: 'A token that may only send to contacts',
      body: { grant_type: 'client_credentials', scope: 'messaging:contact:write' },
      status: 200,
      answer: { access_token: 'bkt_9fA2…', token_type: 'Bearer', expires_in: 3600, scope: 'messaging:contact:write' },
    },
  ],
})
