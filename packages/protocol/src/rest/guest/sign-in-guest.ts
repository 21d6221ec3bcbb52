import { SignedInGuest, SignInRequest } from './sign-in-bodies.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Guest protocol 4.9. */
export const signInGuest = defineOperation({
  operationId: 'sign-in-guest',
  method: 'POST',
  path: '/api/v2/webdeployments/token/oauthcodegrantjwtexchange',
  summary: 'Exchange what an OpenID provider says of a guest for the token that signs them in',
  description:
    'An authorization code with its redirect and PKCE verifier, or the id token of the implicit flow with its nonce. The deployment’s provider is asked; when it does not answer, 503 says so. ' +
    'The `jwt` goes into `configureAuthenticatedSession` on the guest socket and lives for minutes; `refreshToken` gets the next one and comes with codes only.',
  tags: ['Guest'],
  auth: 'none',
  scopes: [],
  body: SignInRequest,
  responses: { 200: SignedInGuest },
  idempotent: false,
  refusals: ['not_found', 'sign_in_refused'],
  examples: [
    {
      summary: 'A code of the authorization code flow with PKCE',
      body: { deploymentId: id.deployment, oauth: { code: 'SplxlOBeZQQYbYS6WxSbIA', redirectUri: 'https://shop.example/callback', codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', nonce: 'n-0S6_WzA2Mj' } },
      status: 200,
      answer: { jwt: 'eyJhbGciOiJIUzI1NiJ9…', refreshToken: 'bgr_9fA2…' },
    },
  ],
})
