import type { Contact } from '../domain/contact/contact.ts'
import { conversationState, type Conversation } from '../domain/conversation/conversation.ts'
import { conversationTransition } from '../domain/conversation/transitions.ts'
import type { Deployment } from '../domain/deployment/deployment.ts'
import type { Actor } from '../domain/entry/entry.ts'
import type { SessionId } from '../domain/ids.ts'
import type { Instant } from '../domain/instant.ts'
import { must } from '../domain/invariant.ts'
import { notFound, ok, refuse, type Result } from '../domain/result.ts'
import { sessionState, writesAfterClose, type Session } from '../domain/session/session.ts'
import type { Found } from '../ports/store.ts'
import { continueThread, startThread, type DraftSettings, type ThreadDraft } from './thread-draft.ts'

export interface GuestSituation {
  readonly contact: Contact
  readonly deployment: Deployment
  readonly session: Session
}

/** Whoever acts with a session must have a living one. */
export function guestSituation(found: Found, sessionId: SessionId, now: Instant): Result<GuestSituation> {
  const { contact, deployment, session } = found
  if (!session || !contact || !deployment) return notFound('session', sessionId)
  if (contact.erasedAt !== undefined) return refuse({ code: 'erased', noun: 'contact' })
  const state = sessionState(session, now)
  return state === 'active' ? ok({ contact, deployment, session }) : refuse({ code: 'session_ended', reason: session.ended?.reason ?? state })
}

/** The thread a guest writes to: by the life cycle, or a new one when this browser has left the present one behind. */
export function guestThread(settings: DraftSettings, { deployment, session, contact }: GuestSituation, latest: Conversation | undefined): Result<ThreadDraft> {
  const { now } = settings
  const by: Actor = guestActor(contact)
  const policy = writesAfterClose(session, latest, deployment.guestWritesAfterClose)
  const state = conversationState(latest, deployment.reopenWithin, now)
  const row = must(conversationTransition(state, 'guestWrites', policy), 'every state has a row for a guest who writes')
  const thread = { contactId: contact.id, deploymentId: deployment.id, quiet: false }
  if (!latest || row.does === 'start') return ok(startThread(settings, thread, by))
  if (row.does === 'startLinked') return ok(startThread(settings, { ...thread, previous: latest }, by))
  if (typeof row.does === 'object') return refuse({ code: 'read_only', conversationId: latest.id })
  const draft = continueThread(settings, latest)
  if (row.does === 'reopen') draft.reopen(by, 'message')
  return ok(draft)
}

export function guestActor(contact: Contact): Actor {
  return { kind: 'customer', id: contact.id, ...(contact.name === undefined ? {} : { name: contact.name }) }
}
