import type { Refusal } from '@beckon/core'
import { guestCodes, refusalFrame, type GuestCode } from '@beckon/protocol'
import { fileFaults } from '../attachments/file-faults.ts'
import { send, type Connection } from '../connection.ts'

/** A refusal as guests are told it: the code that their clients act on, and a sentence. */
export function refuseFrame(connection: Connection, code: GuestCode, text: string, tracingId?: string): void {
  send(connection, JSON.stringify(refusalFrame(code, text, tracingId)))
}

/** A socket serves the deployment it was opened for, and to its client there is no other. */
export const otherDeployment = 'Deployment not found: this socket was opened for another.'

type GuestRefusal = readonly [code: GuestCode, text: string]

/** Refusals that only a business can meet say so little to a guest that they share a row. */
const notForGuests: GuestRefusal = [guestCodes.badRequest, 'The request cannot be done.']

const refusals: Readonly<Record<Refusal['code'], GuestRefusal>> = {
  not_found: [guestCodes.badRequest, 'Not found'],
  weak_token: [guestCodes.badRequest, 'The token is too easily guessed: use a random UUID.'],
  read_only: [guestCodes.readOnly, 'Session is read-only, no new messages allowed'],
  session_ended: [guestCodes.sessionHasExpired, 'Session has expired: configure it again.'],
  session_unknown: [guestCodes.sessionNotFound, 'No session is configured: send configureSession first.'],
  erased: [guestCodes.sessionNotFound, 'The session no longer exists.'],
  clear_disabled: [guestCodes.forbidden, 'Presence events Conversation Clear are not supported'],
  sign_in_refused: [guestCodes.unauthorized, 'The sign-in has ended: sign in again.'],
  sign_in_needed: [guestCodes.cannotDowngrade, 'The guest of this token has signed in: configure an authenticated session, or use another token.'],
  sign_in_disabled: [guestCodes.forbidden, 'Turn on the Feature Toggle or fix the configuration.'],
  invalid_request: [guestCodes.badRequest, 'The request does not fit its schema.'],
  attachment_refused: [guestCodes.attachmentNotFound, 'There is no such file.'],
  conversation_closed: notForGuests,
  conversation_open: notForGuests,
  opted_out: notForGuests,
  unreachable: notForGuests,
  already_sent: notForGuests,
  already_exists: notForGuests,
  scope_not_held: notForGuests,
  precondition_failed: notForGuests,
  idempotency_key_reused: notForGuests,
}

export function tellRefusal(connection: Connection, refusal: Refusal, tracingId?: string): void {
  if (refusal.code === 'attachment_refused') return refuseFrame(connection, fileFaults[refusal.fault].code, fileFaults[refusal.fault].text, tracingId)
  const [code, text] = refusals[refusal.code]
  refuseFrame(connection, code, refusal.code === 'not_found' ? `${capitalised(refusal.noun)} not found` : text, tracingId)
}

function capitalised(noun: string): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1)
}
