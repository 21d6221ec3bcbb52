import type { Instant } from '../instant.ts'
import { sessionState, type Session } from './session.ts'
import { sessionTransitions, severs, type EndReason } from './transitions.ts'

/** The session ended for this reason, or undefined when its life cycle has no such step: the end that came first stands, except that a token may still be cut off. */
export function endSession(session: Session, reason: EndReason, now: Instant): Session | undefined {
  if (session.ended && severs(session.ended.reason)) return undefined
  // Expiry is found before it is recorded: recording it is a step from `active`, any other end comes too late.
  const from = reason === 'expired' && !session.ended ? 'active' : sessionState(session, now)
  const row = sessionTransitions.find((candidate) => candidate.from === from && candidate.on === reason)
  if (!row || row.to === 'active') return undefined
  return { ...session, ended: { at: now, reason }, version: session.version + 1 }
}
