import type { Wire } from '../wire.ts'
import { DeleteAttachment, GetAttachment, OnAttachment } from './attachment-requests.ts'
import { ConfigureAuthenticatedSession, ConfigureSession } from './configure-session.ts'
import { Acknowledge, History } from './log-requests.ts'
import { OnMessage } from './on-message.ts'
import { CloseSession, Echo, GetConfiguration, GetJwt } from './session-requests.ts'

/**
 * Every request a guest may make, by its `action`. The schemas let unknown fields pass, as the protocol demands;
 * a request that does not fit is answered with code 400.
 */
export const guestRequests = {
  configureSession: ConfigureSession,
  onMessage: OnMessage,
  echo: Echo,
  getJwt: GetJwt,
  closeSession: CloseSession,
  getConfiguration: GetConfiguration,
  acknowledge: Acknowledge,
  history: History,
  onAttachment: OnAttachment,
  getAttachment: GetAttachment,
  deleteAttachment: DeleteAttachment,
  configureAuthenticatedSession: ConfigureAuthenticatedSession,
} as const

export type GuestAction = keyof typeof guestRequests

/** The request of one action. */
export type GuestRequestOf<A extends GuestAction> = Wire<(typeof guestRequests)[A]>

/** Any request: switch over `action`. */
export type GuestRequest = { [A in GuestAction]: GuestRequestOf<A> }[GuestAction]

/** Is this text an action that is served? */
export function isGuestAction(text: string): text is GuestAction {
  return Object.hasOwn(guestRequests, text)
}
