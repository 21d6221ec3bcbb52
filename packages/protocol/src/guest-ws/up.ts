import type { Wire } from '../wire.ts'
import { ConfigureSession } from './configure-session.ts'
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
} as const

export type GuestAction = keyof typeof guestRequests

/** The request of one action. */
export type GuestRequestOf<A extends GuestAction> = Wire<(typeof guestRequests)[A]>

/** Any request: switch over `action`. */
export type GuestRequest = { [A in GuestAction]: GuestRequestOf<A> }[GuestAction]

/** Actions that guest clients know and this server does not serve: answered with code 4000, the socket stays. */
export const unservedGuestActions = ['configureAuthenticatedSession', 'onAttachment', 'getAttachment', 'deleteAttachment'] as const

/** Is this text an action that is served? */
export function isGuestAction(text: string): text is GuestAction {
  return Object.hasOwn(guestRequests, text)
}
