import { createContact, type Contact } from '../../domain/contact/contact.ts'
import type { Conversation } from '../../domain/conversation/conversation.ts'
import type { Deployment } from '../../domain/deployment/deployment.ts'
import type { DeploymentId } from '../../domain/ids.ts'
import { must } from '../../domain/invariant.ts'
import { plus } from '../../domain/instant.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import { isStrongToken, sessionState, slide, visibleConversation, type Session } from '../../domain/session/session.ts'
import { severs } from '../../domain/session/transitions.ts'
import type { Change, Decision, Found } from '../../ports/store.ts'
import { noChanges } from '../transact-once.ts'
import { continueThread } from '../thread-draft.ts'
import { sessionChanges, sessionEnded, type SessionDeps } from '../session-changes.ts'

export interface ConfigureGuest {
  readonly deploymentId: DeploymentId
  /** The browser's own secret. */
  readonly token: string
  /** Leave the present conversation behind and begin a new session. */
  readonly startNew: boolean
}

export interface Configured {
  readonly deployment: Deployment
  readonly contact: Contact
  readonly session: Session
  readonly newSession: boolean
  readonly conversation?: Conversation
}

/**
 * Attaches a browser to its session: resumes a live one, renews an expired one for the same contact, or begins with
 * somebody new. Refuses with `not_found` (no such deployment, or an inactive one) and `weak_token`.
 */
export function createConfigureGuest(deps: SessionDeps) {
  return async (command: ConfigureGuest): Promise<Result<Configured>> => {
    if (!isStrongToken(command.token)) return refuse({ code: 'weak_token' })
    const hash = deps.secrets.hash(command.token)
    return deps.store.transact({
      need: { deploymentId: command.deploymentId, guestToken: { deploymentId: command.deploymentId, hash }, latestConversation: true },
      decide: (found) => decide(deps, command, hash, found),
    })
  }
}

function decide(deps: SessionDeps, command: ConfigureGuest, hash: string, found: Found): Decision<Result<Configured>> {
  const { deployment } = found
  if (deployment?.status !== 'active') {
    return { result: notFound('deployment', command.deploymentId), changes: noChanges }
  }
  const now = deps.clock.now()
  const known = sessionThatLeadsOn(found)
  if (!known) return beginAsSomebodyNew(deps, deployment, hash)
  const isActive = sessionState(known, now) === 'active'
  if (!isActive && deployment.afterExpiry === 'forget') return beginAsSomebodyNew(deps, deployment, hash)
  if (command.startNew) return startNew(deps, deployment, known, found)
  return isActive ? resume(deps, deployment, known, found) : renew(deps, deployment, known, found)
}

/** The token's newest session, unless its end, or the person's, cut the browser off for good. */
function sessionThatLeadsOn({ session, contact }: Found): Session | undefined {
  if (!session || !contact || contact.erasedAt !== undefined) return undefined
  return session.ended && severs(session.ended.reason) ? undefined : session
}

function beginAsSomebodyNew(deps: SessionDeps, deployment: Deployment, hash: string): Decision<Result<Configured>> {
  const now = deps.clock.now()
  const contact = createContact(deps.ids.next(), deployment.id, {}, now)
  const session = freshSession(deps, deployment, contact, hash)
  const created: readonly Change[] = [
    { kind: 'put-contact', contact },
    { kind: 'append-event', event: { type: 'contact.created', at: now, contactId: contact.id } },
  ]
  return { result: ok({ deployment, contact, session, newSession: true }), changes: [...created, ...sessionChanges(session, now)] }
}

function resume(deps: SessionDeps, deployment: Deployment, session: Session, found: Found): Decision<Result<Configured>> {
  const slid = slide(session, deployment.sessionDuration, deps.clock.now())
  return {
    result: configured(deployment, found, slid, false),
    changes: slid === session ? noChanges : [{ kind: 'put-session', session: slid }],
  }
}

function renew(deps: SessionDeps, deployment: Deployment, old: Session, found: Found): Decision<Result<Configured>> {
  const now = deps.clock.now()
  const latest = found.latestConversation
  const session: Session = {
    ...freshSession(deps, deployment, { id: old.contactId }, old.tokenHash),
    ...(deployment.afterExpiry === 'unreadOnly' && latest ? { hidden: { conversationId: latest.id, upToSeq: latest.guest.seenSeq } } : {}),
    ...(old.leftConversationId === undefined ? {} : { leftConversationId: old.leftConversationId }),
  }
  return { result: configured(deployment, found, session, true), changes: [...sessionEnded(old, 'expired', now), ...sessionChanges(session, now)] }
}

function startNew(deps: SessionDeps, deployment: Deployment, old: Session, found: Found): Decision<Result<Configured>> {
  const now = deps.clock.now()
  const latest = found.latestConversation
  const session: Session = {
    ...freshSession(deps, deployment, { id: old.contactId }, old.tokenHash),
    ...(latest ? { leftConversationId: latest.id } : {}),
  }
  const closing = latest?.status === 'open' ? continueThread({ ids: deps.ids, now, idleCloseAfter: deployment.idleCloseAfter }, latest) : undefined
  closing?.close({ kind: 'customer', id: old.contactId }, 'started_new')
  const left = closing ? { ...found, latestConversation: closing.conversation } : found
  const reason = sessionState(old, now) === 'active' ? 'replaced' : 'expired'
  return {
    result: configured(deployment, left, session, true),
    changes: [...(closing?.changes() ?? []), ...sessionEnded(old, reason, now), ...sessionChanges(session, now)],
  }
}

function configured(deployment: Deployment, found: Found, session: Session, newSession: boolean): Result<Configured> {
  const contact = must(found.contact, 'a session leads to its contact')
  const conversation = visibleConversation(session, found.latestConversation)
  return ok({ deployment, contact, session, newSession, ...(conversation ? { conversation } : {}) })
}

function freshSession(deps: SessionDeps, deployment: Deployment, contact: Pick<Contact, 'id'>, tokenHash: string): Session {
  const now = deps.clock.now()
  return {
    id: deps.ids.next(),
    deploymentId: deployment.id,
    contactId: contact.id,
    tokenHash,
    createdAt: now,
    expiresAt: plus(now, deployment.sessionDuration),
    version: 1,
  }
}
