import type { Conversation } from '../../domain/conversation/conversation.ts'
import type { ContactId, SessionId } from '../../domain/ids.ts'
import { ok, type Result } from '../../domain/result.ts'
import { visibleConversation } from '../../domain/session/session.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'
import { guestActor, guestSituation } from '../guest-situation.ts'
import { startThread } from '../thread-draft.ts'

export interface JoinAsGuest {
  readonly contactId: ContactId
  readonly sessionId: SessionId
}

/** Autostart: the conversation begins with the guest's arrival rather than their first word (guest-protocol 4.6). */
export function createJoinAsGuest(deps: SessionDeps) {
  return (command: JoinAsGuest): Promise<Result<Conversation>> =>
    deps.store.transact<Result<Conversation>>({
      need: { contactId: command.contactId, sessionId: command.sessionId, latestConversation: true },
      decide: (found) => {
        const now = deps.clock.now()
        const situation = guestSituation(found, command.sessionId, now)
        if (!situation.ok) return { result: situation, changes: noChanges }
        const { contact, deployment, session } = situation.value
        const latest = found.latestConversation
        const present = visibleConversation(session, latest)
        if (present) return { result: ok(present), changes: noChanges }
        const draft = startThread(
          { ids: deps.ids, now, idleCloseAfter: deployment.idleCloseAfter },
          { contactId: contact.id, deploymentId: deployment.id, quiet: false, ...(latest ? { previousConversationId: latest.id } : {}) },
          guestActor(contact),
        )
        return { result: ok(draft.conversation), changes: draft.changes() }
      },
    })
}
