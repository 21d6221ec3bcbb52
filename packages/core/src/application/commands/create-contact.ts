import { createContact, type Contact, type ContactDetails } from '../../domain/contact/contact.ts'
import type { DeploymentId } from '../../domain/ids.ts'
import { ok } from '../../domain/result.ts'
import { chooseDeployment } from '../choose-deployment.ts'
import { externalIdNeed, externalIdTaken } from '../external-id.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface CreateContact {
  readonly deploymentId?: DeploymentId
  readonly details: ContactDetails
  readonly idempotency?: Idempotency
}

/** Refuses with `already_exists` (the external id is taken), `invalid_request`, `not_found` (the deployment). */
export function createCreateContact(deps: Pick<SessionDeps, 'store' | 'clock' | 'ids'>) {
  return async (command: CreateContact): Promise<Outcome<Contact>> => {
    const chosen = await chooseDeployment(deps, command.deploymentId)
    if (!chosen.ok) return chosen
    const deploymentId = chosen.value
    const need = { deploymentId, ...externalIdNeed(command.details) }
    return transactOnce(deps, need, command.idempotency, (found) => {
      const taken = externalIdTaken(found)
      if (taken) return { result: taken, changes: noChanges }
      const now = deps.clock.now()
      const contact = createContact(deps.ids.next(), deploymentId, command.details, now)
      return { result: ok(contact), changes: [{ kind: 'put-contact', contact }, { kind: 'append-event', event: { type: 'contact.created', at: now, contactId: contact.id } }] }
    })
  }
}
