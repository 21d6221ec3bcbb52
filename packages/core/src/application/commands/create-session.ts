import { createContact, type ContactDetails } from '../../domain/contact/contact.ts'
import type { Deployment } from '../../domain/deployment/deployment.ts'
import type { ContactId, ConversationId, DeploymentId } from '../../domain/ids.ts'
import { plus } from '../../domain/instant.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import type { Session } from '../../domain/session/session.ts'
import type { Change, Decision, Found, Need } from '../../ports/store.ts'
import { chooseDeployment } from '../choose-deployment.ts'
import { externalIdNeed, externalIdTaken } from '../external-id.ts'
import { followMerge } from '../resolve-address.ts'
import { sessionChanges, type SessionDeps } from '../session-changes.ts'
import { noChanges } from '../transact-once.ts'

export interface CreateSession {
  /** May be left out while there is only one deployment. */
  readonly deploymentId?: DeploymentId
  /** A known contact; without one, somebody new. */
  readonly contactId?: ContactId
  readonly guest?: ContactDetails
}

export interface CreatedSession {
  readonly session: Session
  /** Shown once, in this answer. */
  readonly token: string
  readonly conversationId?: ConversationId
}

/** A fresh session, ready to be used at once. Refuses with `not_found`, `erased`, `invalid_request`, `already_exists`. */
export function createCreateSession(deps: SessionDeps) {
  return async (command: CreateSession): Promise<Result<CreatedSession>> => {
    const need = await needOf(deps, command)
    if (!need.ok) return need
    return deps.store.transact({ need: need.value, decide: (found) => decide(deps, command, found) })
  }
}

/** A known contact brings its own deployment, unless another is named. */
async function needOf(deps: SessionDeps, { contactId: address, deploymentId, guest }: CreateSession): Promise<Result<Need>> {
  const contactId = address === undefined ? undefined : await followMerge(deps.store, address)
  if (contactId !== undefined && deploymentId === undefined) return ok({ contactId, latestConversation: true })
  const chosen = await chooseDeployment(deps, deploymentId)
  if (!chosen.ok) return chosen
  const who = contactId === undefined ? externalIdNeed(guest ?? {}) : { contactId, latestConversation: true }
  return ok({ deploymentId: chosen.value, ...who })
}

function decide(deps: SessionDeps, command: CreateSession, found: Found): Decision<Result<CreatedSession>> {
  const possible = mayBegin(command, found)
  if (!possible.ok) return { result: possible, changes: noChanges }
  const deployment = possible.value
  const now = deps.clock.now()
  const contact = found.contact ?? createContact(deps.ids.next(), deployment.id, command.guest ?? {}, now)
  const token = deps.secrets.generateToken()
  const session: Session = {
    id: deps.ids.next(),
    deploymentId: deployment.id,
    contactId: contact.id,
    tokenHash: deps.secrets.hash(token),
    createdAt: now,
    expiresAt: plus(now, deployment.sessionDuration),
    version: 1,
  }
  const created: readonly Change[] = found.contact
    ? []
    : [{ kind: 'put-contact', contact }, { kind: 'append-event', event: { type: 'contact.created', at: now, contactId: contact.id } }]
  const conversationId = found.latestConversation?.id
  return {
    result: ok({ session, token, ...(conversationId === undefined ? {} : { conversationId }) }),
    changes: [...created, ...sessionChanges(session, now)],
  }
}

function mayBegin({ contactId, deploymentId }: CreateSession, found: Found): Result<Deployment> {
  const { contact, deployment } = found
  if (contactId !== undefined && !contact) return notFound('contact', contactId)
  if (contact?.erasedAt !== undefined) return refuse({ code: 'erased', noun: 'contact' })
  if (deployment?.status !== 'active') return notFound('deployment', deploymentId ?? contact?.deploymentId ?? '')
  const taken = contact ? undefined : externalIdTaken(found)
  return taken ?? ok(deployment)
}
