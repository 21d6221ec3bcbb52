import type { ContactId, DeploymentId } from '../ids.ts'
import type { Instant } from '../instant.ts'

/** Where a native app can be woken. One for each browser token; it belongs to whoever that token acts for. */
export interface PushDevice {
  readonly deploymentId: DeploymentId
  /** Of the app's session token. */
  readonly tokenHash: string
  readonly contactId: ContactId
  /** The address that the push service gave the app. Useless without the app's own credentials there, so it is kept as it is. */
  readonly deviceToken: string
  readonly notificationProvider: 'APNS' | 'FCM'
  readonly deviceType: 'ios' | 'android'
  readonly language: string
  readonly createdAt: Instant
  readonly updatedAt: Instant
}
