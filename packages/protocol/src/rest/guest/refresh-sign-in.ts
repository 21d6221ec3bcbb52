import { Type } from 'typebox'
import { SignedInGuest } from './sign-in-bodies.ts'
import { defineOperation } from '../operation.ts'

/** Guest protocol 2.9. */
export const refreshSignIn = defineOperation({
  operationId: 'refresh-sign-in',
  method: 'POST',
  path: '/api/v2/webdeployments/token/refresh',
  summary: 'Get a fresh token for a guest who is signed in',
  description:
    'The answer brings the next refresh token too. Using that retires the one before; a retired one that is used ends the sign-in, as somebody has a copy of it. A client that goes on with its first one may do so.',
  tags: ['Guest'],
  auth: 'none',
  scopes: [],
  body: Type.Object({ refreshToken: Type.String({ minLength: 1, maxLength: 200 }), deploymentId: Type.Optional(Type.String()) }),
  responses: { 200: SignedInGuest },
  idempotent: false,
  refusals: ['sign_in_refused'],
  examples: [{ summary: 'The next token', body: { refreshToken: 'bgr_9fA2…' }, status: 200, answer: { jwt: 'eyJhbGciOiJIUzI1NiJ9…', refreshToken: 'bgr_1cB7…' } }],
})
