import { updateContact, type Contact, type ContactDetails } from '../../domain/contact/contact.ts'
import type { ContactId } from '../../domain/ids.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import type { Found } from '../../ports/store.ts'
import { externalIdNeed, externalIdTaken } from '../external-id.ts'
import { followMerge } from '../resolve-address.ts'
import type { SessionDeps } from '../session-changes.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface UpdateContact {
  readonly contactId: ContactId
  readonly details: ContactDetails
  /** Attributes to set beside those there are; `details.attributes` replaces them all. */
  readonly setAttributes?: Contact['attributes']
  readonly ifVersion?: number
  readonly idempotency?: Idempotency
}

/** Refuses with `not_found`, `erased`, `already_exists`, `precondition_failed`. */
export function createUpdateContact(deps: Pick<SessionDeps, 'store' | 'clock'>) {
  return async (command: UpdateContact): Promise<Outcome<Contact>> => {
    const contactId = await followMerge(deps.store, command.contactId)
    return transactOnce(deps, { contactId, ...externalIdNeed(command.details) }, command.idempotency, (found) => {
      const known = living(found, command.contactId)
      if (!known.ok) return { result: known, changes: noChanges }
      if (command.ifVersion !== undefined && command.ifVersion !== known.value.version) {
        return { result: refuse({ code: 'precondition_failed', currentVersion: known.value.version }), changes: noChanges }
      }
      const taken = externalIdTaken(found, contactId)
      if (taken) return { result: taken, changes: noChanges }
      const now = deps.clock.now()
      const contact = updateContact(known.value, detailsFor(known.value, command), now)
      return { result: ok(contact), changes: [{ kind: 'put-contact', contact }, { kind: 'append-event', event: { type: 'contact.updated', at: now, contactId: contact.id } }] }
    })
  }
}

function detailsFor({ attributes }: Contact, { details, setAttributes }: UpdateContact): ContactDetails {
  return setAttributes === undefined ? details : { ...details, attributes: { ...attributes, ...details.attributes, ...setAttributes } }
}

function living(found: Found, contactId: ContactId): Result<Contact> {
  if (!found.contact) return notFound('contact', contactId)
  return found.contact.erasedAt === undefined ? ok(found.contact) : refuse({ code: 'erased', noun: 'contact' })
}
