import { defineOperation } from '../operation.ts'

/** Guest protocol 2.9, 4.9. */
export const signOutGuest = defineOperation({
  operationId: 'sign-out-guest',
  method: 'DELETE',
  path: '/api/v2/webdeployments/token/revoke',
  summary: 'Sign a guest out on every device',
  description: 'With the guest’s `jwt`, which may have expired by then. Every socket of theirs is told by a LogoutEvent; their refresh tokens and push devices are forgotten.',
  tags: ['Guest'],
  auth: 'guest-jwt',
  scopes: [],
  responses: { 204: null },
  idempotent: false,
  refusals: ['sign_in_refused'],
  examples: [{ summary: 'Sign out', status: 204 }],
})
