import { Type } from 'typebox'
import type { Wire } from '../../wire.ts'

const deviceToken = Type.String({ minLength: 1, maxLength: 4096, description: 'Where the push service reaches the app.' })
const language = Type.String({ minLength: 1, maxLength: 35, description: 'A locale tag, such as nl-NL.' })

/** Where a native app can be woken. */
export const PushDevice = Type.Object(
  { deviceToken, notificationProvider: Type.Enum(['APNS', 'FCM']), language, deviceType: Type.Enum(['ios', 'android']) },
  { title: 'PushDevice' },
)
export type PushDevice = Wire<typeof PushDevice>

/** What has changed about it; one of the two at least. */
export const PushDeviceChanges = Type.Object({ deviceToken: Type.Optional(deviceToken), language: Type.Optional(language) }, { title: 'PushDeviceChanges', minProperties: 1 })
export type PushDeviceChanges = Wire<typeof PushDeviceChanges>
