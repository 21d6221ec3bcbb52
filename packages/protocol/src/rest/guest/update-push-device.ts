import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { PushDeviceChanges } from './push-device-bodies.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Guest protocol 2.9. Refusals have the form that native clients read, not that of problems. */
export const updatePushDevice = defineOperation({
  operationId: 'update-push-device',
  method: 'PATCH',
  path: '/api/v2/webmessaging/deployments/{deploymentId}/pushdevices/{tokenId}',
  summary: 'Change the push device of a native app',
  description: 'When the push service gave the app another address, or its user another language.',
  tags: ['Guest'],
  auth: 'none',
  scopes: [],
  params: Type.Object({ deploymentId: Id, tokenId: Type.String({ minLength: 1, maxLength: 200 }) }),
  body: PushDeviceChanges,
  responses: { 204: null },
  idempotent: false,
  examples: [{ summary: 'Another address', params: { deploymentId: id.deployment, tokenId: id.session }, body: { deviceToken: 'fcm-def' }, status: 204 }],
})
