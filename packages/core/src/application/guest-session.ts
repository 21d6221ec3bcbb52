import type { Contact } from '../domain/contact/contact.ts'
import type { Conversation } from '../domain/conversation/conversation.ts'
import type { Deployment } from '../domain/deployment/deployment.ts'
import { plus } from '../domain/instant.ts'
import { must } from '../domain/invariant.ts'
import { ok, type Result } from '../domain/result.ts'
import { leadsOn } from '../domain/session/leads-on.ts'
import { sessionState, slide, visibleConversation, type Session } from '../domain/session/session.ts'
import type { Change, Decision, Found } from '../ports/store.ts'
import { sessionChanges, sessionEnded, type SessionDeps } from './session-changes.ts'
import { continueThread } from './thread-draft.ts'
import { noChanges } from './transact-once.ts'

export interface Configured {
  readonly deployment: Deployment
  readonly contact: Contact
  readonly session: Session
  readonly newSession: boolean
  readonly conversation?: Conversation
}

/** The browser, as a session of it is stored: its token's hashes and, where it has proved one, its guest's identity. */
export type Browser = Pick<Session, 'tokenHash' | 'foldedTokenHash' | 'signInId'>

export interface Arrival {
  readonly deployment: Deployment
  readonly browser: Browser
}

export function browserOf(deps: Pick<SessionDeps, 'secrets'>, token: string): Browser {
  const folded = token.toLowerCase()
  return { tokenHash: deps.secrets.hash(token), ...(folded === token ? {} : { foldedTokenHash: deps.secrets.hash(folded) }) }
}

/** The token's newest session, unless its end, or the person's, cut the browser off for good. */
export function sessionThatLeadsOn({ session, contact }: Found): Session | undefined {
  return session && contact && leadsOn(session, contact) ? session : undefined
}

export function resumeSession(deps: SessionDeps, { deployment, browser }: Arrival, session: Session, found: Found): Decision<Result<Configured>> {
  const now = deps.clock.now()
  const slid = slide(session, deployment.sessionDuration, now)
  const isSameSignIn = session.signInId === browser.signInId
  const resumed = isSameSignIn ? slid : { ...session, ...browser, expiresAt: plus(now, deployment.sessionDuration), version: session.version + 1 }
  return {
    result: configured(deployment, found, resumed, false),
    changes: resumed === session ? noChanges : [{ kind: 'put-session', session: resumed }],
  }
}

export function renewSession(deps: SessionDeps, { deployment, browser }: Arrival, old: Session, found: Found): Decision<Result<Configured>> {
  const now = deps.clock.now()
  const latest = found.latestConversation
  const session: Session = {
    ...freshSession(deps, { deployment, browser }, { id: old.contactId }),
    ...(deployment.afterExpiry === 'unreadOnly' && latest ? { hidden: { conversationId: latest.id, upToSeq: latest.guest.seenSeq } } : {}),
    ...(old.leftConversationId === undefined ? {} : { leftConversationId: old.leftConversationId }),
  }
  return { result: configured(deployment, found, session, true), changes: [...sessionEnded(old, 'expired', now), ...sessionChanges(session, now)] }
}

export function startNewSession(deps: SessionDeps, { deployment, browser }: Arrival, old: Session, found: Found): Decision<Result<Configured>> {
  const now = deps.clock.now()
  const latest = found.latestConversation
  const session: Session = {
    ...freshSession(deps, { deployment, browser }, { id: old.contactId }),
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

export function freshSession(deps: SessionDeps, { deployment, browser }: Arrival, contact: Pick<Contact, 'id'>): Session {
  const now = deps.clock.now()
  return {
    id: deps.ids.next(),
    deploymentId: deployment.id,
    contactId: contact.id,
    ...browser,
    createdAt: now,
    expiresAt: plus(now, deployment.sessionDuration),
    version: 1,
  }
}

/** Somebody who was never here: their row and its event. */
export function contactCreated(contact: Contact): readonly Change[] {
  return [
    { kind: 'put-contact', contact },
    { kind: 'append-event', event: { type: 'contact.created', at: contact.createdAt, contactId: contact.id } },
  ]
}

function configured(deployment: Deployment, found: Found, session: Session, newSession: boolean): Result<Configured> {
  const contact = must(found.contact, 'a session leads to its contact')
  const conversation = visibleConversation(session, found.latestConversation)
  return ok({ deployment, contact, session, newSession, ...(conversation ? { conversation } : {}) })
}
