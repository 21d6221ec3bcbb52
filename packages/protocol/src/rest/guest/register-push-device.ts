import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { PushDevice } from './push-device-bodies.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Guest protocol 2.9. Refusals have the form that native clients read, not that of problems. */
export const registerPushDevice = defineOperation({
  operationId: 'register-push-device',
  method: 'POST',
  path: '/api/v2/webmessaging/deployments/{deploymentId}/pushdevices/{tokenId}',
  summary: 'Register the push device of a native app',
  description: '`tokenId` is the app’s session token, in any case of letters. The device is kept with the contact that the token acts for; one for each token.',
  tags: ['Guest'],
  auth: 'none',
  scopes: [],
  params: Type.Object({ deploymentId: Id, tokenId: Type.String({ minLength: 1, maxLength: 200 }) }),
  body: PushDevice,
  responses: { 204: null },
  idempotent: false,
  examples: [{ summary: 'An Android app', params: { deploymentId: id.deployment, tokenId: id.session }, body: { deviceToken: 'fcm-abc', notificationProvider: 'FCM', language: 'nl-NL', deviceType: 'android' }, status: 204 }],
})
