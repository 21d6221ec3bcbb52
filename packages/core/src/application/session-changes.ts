import type { Instant } from '../domain/instant.ts'
import { endSession } from '../domain/session/end-session.ts'
import type { Session } from '../domain/session/session.ts'
import { severs, type EndReason } from '../domain/session/transitions.ts'
import type { Clock } from '../ports/clock.ts'
import type { IdSource } from '../ports/id-source.ts'
import type { Secrets } from '../ports/secrets.ts'
import type { Change, Store, Timer } from '../ports/store.ts'

export interface SessionDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdSource
  readonly secrets: Secrets
}

/** A session that begins: its row, its appointment with its end, its event. */
export function sessionChanges(session: Session, now: Instant): readonly Change[] {
  return [
    { kind: 'put-session', session },
    { kind: 'put-timer', timer: expiryTimer(session) },
    {
      kind: 'append-event',
      event: { type: 'session.started', at: now, contactId: session.contactId, data: { sessionId: session.id, deploymentId: session.deploymentId } },
    },
  ]
}

/** A session that ends; nothing when it had ended before. */
export function sessionEnded(session: Session, reason: EndReason, now: Instant): readonly Change[] {
  const ended = endSession(session, reason, now)
  if (!ended) return []
  const type = reason === 'expired' ? 'session.expired' : 'session.ended'
  return [
    { kind: 'put-session', session: ended },
    { kind: 'drop-timer', id: expiryTimer(session).id },
    { kind: 'append-event', event: { type, at: now, contactId: session.contactId, data: { sessionId: session.id, reason } } },
    // A device that nobody acts for any more must not be woken for the person who did.
    ...(severs(reason) ? [{ kind: 'delete-push-device', deploymentId: session.deploymentId, tokenHash: session.tokenHash } as const] : []),
  ]
}

export function expiryTimer(session: Session): Timer {
  return {
    id: `expire-session:${session.id}`,
    dueAt: session.expiresAt,
    job: { kind: 'expire-session', contactId: session.contactId, sessionId: session.id },
  }
}
