import type { Contact } from '../contact/contact.ts'
import type { Session } from './session.ts'
import { severs } from './transitions.ts'

/**
 * Does a browser's token still lead to this contact? Not after an end that cut it off; and since somebody has proved to be
 * this person, no token that is older and has proved nothing does.
 */
export function leadsOn(session: Session, { erasedAt, mergedInto, identity }: Contact): boolean {
  if (erasedAt !== undefined || mergedInto !== undefined) return false
  if (session.ended && severs(session.ended.reason)) return false
  return session.signInId !== undefined || identity === undefined || session.createdAt > identity.since
}
