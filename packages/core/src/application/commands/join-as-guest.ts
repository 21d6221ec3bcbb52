import type { Conversation } from '../../domain/conversation/conversation.ts'
import type { CustomAttributes } from '../../domain/conversation/custom-attributes.ts'
import { autostart } from '../../domain/entry/entry.ts'
import type { ContactId, SessionId } from '../../domain/ids.ts'
import { ok, type Result } from '../../domain/result.ts'
import { visibleConversation } from '../../domain/session/session.ts'
import type { Decision, Found, Trace } from '../../ports/store.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'
import { guestActor, guestSituation } from '../guest-situation.ts'
import { continueThread, startThread } from '../thread-draft.ts'

export interface JoinAsGuest {
  readonly contactId: ContactId
  readonly sessionId: SessionId
  /** What the guest's page says about the visit. */
  readonly customAttributes?: CustomAttributes
  readonly trace?: Trace
}

export interface Joined {
  readonly conversation: Conversation
  /** The conversation began with this arrival, and its log says so. */
  readonly started: boolean
}

/** Autostart: the conversation begins with the guest's arrival rather than their first word (guest-protocol 4.6). */
export function createJoinAsGuest(deps: SessionDeps) {
  return (command: JoinAsGuest): Promise<Result<Joined>> =>
    deps.store.transact({
      need: { contactId: command.contactId, sessionId: command.sessionId, latestConversation: true },
      decide: (found) => decide(deps, command, found),
    })
}

function decide(deps: SessionDeps, { sessionId, customAttributes = {}, trace }: JoinAsGuest, found: Found): Decision<Result<Joined>> {
  const now = deps.clock.now()
  const situation = guestSituation(found, sessionId, now)
  if (!situation.ok) return { result: situation, changes: noChanges }
  const { contact, deployment, session } = situation.value
  const settings = { ids: deps.ids, now, idleCloseAfter: deployment.idleCloseAfter }
  const latest = found.latestConversation
  const present = visibleConversation(session, latest)
  const thread = { contactId: contact.id, deploymentId: deployment.id, quiet: false, ...(latest ? { previous: latest } : {}) }
  const opening = { reason: autostart, ...(trace ? { trace } : {}) } as const
  const draft = present ? continueThread(settings, present) : startThread(settings, thread, guestActor(contact), opening)
  draft.describe(customAttributes)
  const { conversation } = draft
  return { result: ok({ conversation, started: !present }), changes: conversation === present ? noChanges : draft.changes() }
}
