import type { ContactId, SessionId } from '../../domain/ids.ts'
import { ok, type Result } from '../../domain/result.ts'
import { slide, type Session } from '../../domain/session/session.ts'
import { guestSituation } from '../guest-situation.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

export interface ProlongSession {
  readonly contactId: ContactId
  readonly sessionId: SessionId
}

/**
 * A message reached a guest who is there: that is activity of their session as much as one of their own
 * (guest-protocol 4.3). Refuses with `session_ended`, `erased`, `not_found`.
 */
export function createProlongSession(deps: SessionDeps) {
  return (command: ProlongSession): Promise<Result<Session>> =>
    deps.store.transact<Result<Session>>({
      need: { contactId: command.contactId, sessionId: command.sessionId },
      decide: (found) => {
        const now = deps.clock.now()
        const situation = guestSituation(found, command.sessionId, now)
        if (!situation.ok) return { result: situation, changes: noChanges }
        const { deployment, session } = situation.value
        const slid = slide(session, deployment.sessionDuration, now)
        return { result: ok(slid), changes: slid === session ? noChanges : [{ kind: 'put-session', session: slid }] }
      },
    })
}
