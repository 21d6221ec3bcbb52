import type { SessionId } from '../../domain/ids.ts'
import { must } from '../../domain/invariant.ts'
import { notFound, ok, type Result } from '../../domain/result.ts'
import type { EndReason } from '../../domain/session/transitions.ts'
import { sessionEnded, type SessionDeps } from '../session-changes.ts'

export interface EndSession {
  readonly sessionId: SessionId
  readonly reason: Extract<EndReason, 'ended_by_backend' | 'ended_by_agent' | 'ended_by_guest' | 'revoked'>
}

/** Ends a browser's authority; the person and the thread stay. Again changes nothing. Refuses with `not_found`. */
export function createEndSession({ store, clock }: Pick<SessionDeps, 'store' | 'clock'>) {
  return async (command: EndSession): Promise<Result<null>> => {
    const known = await store.session(command.sessionId)
    if (!known) return notFound('session', command.sessionId)
    return store.transact<Result<null>>({
      need: { contactId: known.contactId, sessionId: known.id },
      decide: ({ session }) => ({ result: ok(null), changes: sessionEnded(must(session, 'a session stays'), command.reason, clock.now()) }),
    })
  }
}
