import type { ContactId, SessionId } from '../../domain/ids.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { sessionEnded, type SessionDeps } from '../session-changes.ts'
import { continueThread } from '../thread-draft.ts'
import { noChanges } from '../transact-once.ts'
import { guestActor, guestSituation } from '../guest-situation.ts'

export interface ClearConversation {
  readonly contactId: ContactId
  readonly sessionId: SessionId
}

/** The guest leaves for good: the thread closes, and this browser's token no longer leads to it (guest-protocol 4.7). */
export function createClearConversation(deps: SessionDeps) {
  return (command: ClearConversation): Promise<Result<null>> =>
    deps.store.transact<Result<null>>({
      need: { contactId: command.contactId, sessionId: command.sessionId, latestConversation: true },
      decide: (found) => {
        const now = deps.clock.now()
        const situation = guestSituation(found, command.sessionId, now)
        if (!situation.ok) return { result: situation, changes: noChanges }
        const { contact, deployment, session } = situation.value
        if (!deployment.clearEnabled) return { result: refuse({ code: 'clear_disabled' }), changes: noChanges }
        const latest = found.latestConversation
        const draft = latest?.status === 'open' ? continueThread({ ids: deps.ids, now, idleCloseAfter: deployment.idleCloseAfter }, latest) : undefined
        draft?.close(guestActor(contact), 'cleared')
        return { result: ok(null), changes: [...(draft?.changes() ?? []), ...sessionEnded(session, 'cleared', now)] }
      },
    })
}
