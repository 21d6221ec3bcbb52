import { createContact } from '../../domain/contact/contact.ts'
import type { DeploymentId } from '../../domain/ids.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import { isStrongToken, sessionState } from '../../domain/session/session.ts'
import type { Decision, Found } from '../../ports/store.ts'
import {
  browserOf, contactCreated, freshSession, renewSession, resumeSession, sessionThatLeadsOn, startNewSession,
  type Arrival, type Browser, type Configured,
} from '../guest-session.ts'
import { sessionChanges, type SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

export type { Configured } from '../guest-session.ts'

export interface ConfigureGuest {
  readonly deploymentId: DeploymentId
  /** The browser's own secret. */
  readonly token: string
  /** Leave the present conversation behind and begin a new session. */
  readonly startNew: boolean
}

/**
 * Attaches a browser to its session: resumes a live one, renews an expired one for the same contact, or begins with
 * somebody new. Refuses with `not_found` (no such deployment, or an inactive one), `weak_token` and `sign_in_needed` (the
 * token acts for somebody who has signed in with it).
 */
export function createConfigureGuest(deps: SessionDeps) {
  return async (command: ConfigureGuest): Promise<Result<Configured>> => {
    if (!isStrongToken(command.token)) return refuse({ code: 'weak_token' })
    const browser = browserOf(deps, command.token)
    return deps.store.transact({
      need: { deploymentId: command.deploymentId, guestToken: { deploymentId: command.deploymentId, hash: browser.tokenHash }, latestConversation: true },
      decide: (found) => decide(deps, command, browser, found),
    })
  }
}

function decide(deps: SessionDeps, command: ConfigureGuest, browser: Browser, found: Found): Decision<Result<Configured>> {
  const { deployment } = found
  if (deployment?.status !== 'active') {
    return { result: notFound('deployment', command.deploymentId), changes: noChanges }
  }
  const now = deps.clock.now()
  const arrival = { deployment, browser }
  const known = sessionThatLeadsOn(found)
  if (!known) return beginAsSomebodyNew(deps, arrival)
  if (known.signInId !== undefined) return { result: refuse({ code: 'sign_in_needed' }), changes: noChanges }
  const isActive = sessionState(known, now) === 'active'
  if (!isActive && deployment.afterExpiry === 'forget') return beginAsSomebodyNew(deps, arrival)
  if (command.startNew) return startNewSession(deps, arrival, known, found)
  return isActive ? resumeSession(deps, arrival, known, found) : renewSession(deps, arrival, known, found)
}

function beginAsSomebodyNew(deps: SessionDeps, arrival: Arrival): Decision<Result<Configured>> {
  const now = deps.clock.now()
  const { deployment } = arrival
  const contact = createContact(deps.ids.next(), deployment.id, {}, now)
  const session = freshSession(deps, arrival, contact)
  return { result: ok({ deployment, contact, session, newSession: true }), changes: [...contactCreated(contact), ...sessionChanges(session, now)] }
}
