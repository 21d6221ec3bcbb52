import type { SignIn } from '../../domain/identity/sign-in.ts'
import type { DeploymentId, SignInId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/instant.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import { isStrongToken, sessionState, visibleConversation, type Session } from '../../domain/session/session.ts'
import type { Change, Decision, Found, Need } from '../../ports/store.ts'
import { browserOf, freshSession, renewSession, resumeSession, sessionThatLeadsOn, startNewSession, type Arrival, type Browser, type Configured } from '../guest-session.ts'
import { becomeOnePerson, isThisPerson, type Person } from '../become-one-person.ts'
import { sessionChanges, sessionEnded, type SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'
import { signInStanding } from './sign-in-guest.ts'

export interface ConfigureSignedInGuest {
  readonly deploymentId: DeploymentId
  /** The browser's own secret. */
  readonly token: string
  readonly signInId: SignInId
  readonly startNew: boolean
}

export interface ConfiguredSignedIn extends Configured {
  readonly signIn: SignIn
  /** This browser has just begun to act for this person. */
  readonly justSignedIn: boolean
  /** Where the person was writing elsewhere was closed in favour of what they were writing here. */
  readonly closedElsewhere: boolean
}

/**
 * Attaches a browser to a session of the person whom its sign-in proves. What its anonymous guest wrote goes over to that
 * person where the deployment allows it. Refuses with `not_found`, `weak_token`, `sign_in_disabled`, `sign_in_refused`.
 */
export function createConfigureSignedInGuest(deps: SessionDeps) {
  return async (command: ConfigureSignedInGuest): Promise<Result<ConfiguredSignedIn>> => {
    if (!isStrongToken(command.token)) return refuse({ code: 'weak_token' })
    const known = signInStanding(await deps.store.signIn(command.signInId), command.deploymentId, deps.clock.now())
    if (!known.ok) return known
    const browser = { ...browserOf(deps, command.token), signInId: command.signInId }
    return deps.store.transact({ need: await needOf(deps, known.value, browser), decide: (found) => decide(deps, command, browser, found) })
  }
}

async function needOf({ store }: SessionDeps, { id, deploymentId, identity }: SignIn, { tokenHash }: Browser): Promise<Need> {
  const authentication = (await store.deployment(deploymentId))?.authentication
  return {
    deploymentId,
    guestToken: { deploymentId, hash: tokenHash },
    pushDevice: true,
    latestConversation: true,
    openSessions: true,
    signInId: id,
    ...(authentication?.subjectIsExternalId
      ? { identity: { ...identity, deploymentId, orExternalId: identity.subject }, externalId: identity.subject }
      : { identity: { ...identity, deploymentId } }),
  }
}

function decide(deps: SessionDeps, command: ConfigureSignedInGuest, browser: Browser, found: Found): Decision<Result<ConfiguredSignedIn>> {
  const { deployment } = found
  const now = deps.clock.now()
  if (deployment?.status !== 'active') return { result: notFound('deployment', command.deploymentId), changes: noChanges }
  if (!deployment.authentication?.enabled) return { result: refuse({ code: 'sign_in_disabled' }), changes: noChanges }
  const standing = signInStanding(found.signIn, command.deploymentId, now)
  if (!standing.ok) return { result: standing, changes: noChanges }
  const signIn = standing.value
  const arrival = { deployment, browser }
  const known = sessionThatLeadsOn(found)
  const isOwn = known?.signInId !== undefined && known.contactId === found.identified?.contact.id && isThisPerson(found.identified.contact, signIn)
  const { result, changes } = isOwn ? continueOwn(deps, arrival, { known, found, startNew: command.startNew }) : begin(deps, arrival, found, { signIn, startNew: command.startNew })
  return { result: result.ok ? ok({ ...plain, ...result.value, signIn }) : result, changes }
}

const plain = { justSignedIn: false, closedElsewhere: false } as const

type Begun = Configured & Partial<Pick<ConfiguredSignedIn, 'justSignedIn' | 'closedElsewhere'>>

interface Own {
  readonly known: Session
  readonly found: Found
  readonly startNew: boolean
}

/** This browser acted for the same person before. */
function continueOwn(deps: SessionDeps, arrival: Arrival, { known, found, startNew }: Own): Decision<Result<Begun>> {
  if (startNew) return startNewSession(deps, arrival, known, found)
  return sessionState(known, deps.clock.now()) === 'active' ? resumeSession(deps, arrival, known, found) : renewSession(deps, arrival, known, found)
}

/** The browser begins to act for this person; whoever it acted for before may turn out to be them. */
function begin(deps: SessionDeps, arrival: Arrival, found: Found, { signIn, startNew }: { readonly signIn: SignIn; readonly startNew: boolean }): Decision<Result<Begun>> {
  const now = deps.clock.now()
  const { deployment } = arrival
  const { session: old, pushDevice } = found
  const person = becomeOnePerson(deps, { deployment, signIn, found, mayComeAlong: mayComeAlong(arrival, found, now) })
  const { contact } = person
  const latest = person.latestConversation
  const session = { ...freshSession(deps, arrival, contact), ...(startNew && latest ? { leftConversationId: latest.id } : {}) }
  const conversation = visibleConversation(session, latest)
  return {
    result: ok({
      deployment, contact, session, ...(conversation ? { conversation } : {}),
      // What goes on is no new session to its client, which would greet the guest again.
      newSession: !person.cameAlong,
      justSignedIn: true,
      closedElsewhere: person.closedElsewhere,
    }),
    changes: [
      ...endOthers(old, found, person, now),
      ...person.changes,
      ...sessionChanges(session, now),
      ...(pushDevice ? [{ kind: 'put-push-device', device: { ...pushDevice, contactId: contact.id, updatedAt: now } } as const] : []),
    ],
  }
}

/** Only what an anonymous guest does in a session that lives, or would be renewed, goes over. */
function mayComeAlong({ deployment }: Arrival, found: Found, now: Instant): boolean {
  const known = sessionThatLeadsOn(found)
  if (!known || known.signInId !== undefined || !deployment.authentication?.allowSessionUpgrade) return false
  return sessionState(known, now) === 'active' || deployment.afterExpiry === 'show'
}

/** Nobody else who holds a token of the guest that was here has proved to be this person. */
function endOthers(old: Session | undefined, found: Found, person: Person, now: Instant): readonly Change[] {
  const { identified } = found
  const ofGuest = person.cameAlong && person.hasIdentityNow ? found.openSessions : []
  const ofKnown = identified?.contact.id === person.contact.id && !identified.contact.identity ? identified.openSessions : []
  const others = [...ofGuest, ...ofKnown].filter((one) => one.signInId === undefined)
  const ending = new Map([...(old ? [old] : []), ...others].map((one) => [one.id, one]))
  return [...ending.values()].flatMap((one) => sessionEnded(one, 'signed_in', now))
}
