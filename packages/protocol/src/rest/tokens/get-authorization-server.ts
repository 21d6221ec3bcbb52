import { AuthorizationServer } from '../../shapes/oauth.ts'
import { defineOperation } from '../operation.ts'

/** RFC 8414. */
export const getAuthorizationServer = defineOperation({
  operationId: 'get-authorization-server',
  method: 'GET',
  path: '/.well-known/oauth-authorization-server',
  summary: 'Find the token endpoints',
  tags: ['Tokens'],
  auth: 'none',
  scopes: [],
  responses: { 200: AuthorizationServer },
  idempotent: false,
  examples: [
    {
      summary: 'The endpoints of this server',
      status: 200,
      answer: {
        issuer: 'https://chat.example',
        token_endpoint: 'https://chat.example/oauth/token',
        introspection_endpoint: 'https://chat.example/oauth/introspect',
        revocation_endpoint: 'https://chat.example/oauth/revoke',
        scopes_supported: ['conversations:read'],
        response_types_supported: [],
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      },
    },
  ],
})
