import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Guest protocol 2.9. Refusals have the form that native clients read, not that of problems. */
export const removePushDevice = defineOperation({
  operationId: 'remove-push-device',
  method: 'DELETE',
  path: '/api/v2/webmessaging/deployments/{deploymentId}/pushdevices/{tokenId}',
  summary: 'Forget the push device of a native app',
  description: 'Signing out, clearing the conversation and erasing the contact do so as well.',
  tags: ['Guest'],
  auth: 'none',
  scopes: [],
  params: Type.Object({ deploymentId: Id, tokenId: Type.String({ minLength: 1, maxLength: 200 }) }),
  responses: { 204: null },
  idempotent: false,
  examples: [{ summary: 'Push is off', params: { deploymentId: id.deployment, tokenId: id.session }, status: 204 }],
})
