import type { ContactId, DeploymentId } from '../ids.ts'
import type { Instant } from '../instant.ts'

/** Why a business writes: consent is given or declined per purpose. */
export type Purpose = 'service' | 'marketing'

/** One person. Lives for years; sessions and conversations come and go around it. */
export interface Contact {
  readonly id: ContactId
  readonly deploymentId: DeploymentId
  readonly externalId?: string
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly locale?: string
  readonly timeZone?: string
  readonly attributes: Readonly<Record<string, string>>
  readonly optedOut: readonly Purpose[]
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly erasedAt?: Instant
  readonly version: number
}

export type ContactDetails = Partial<
  Pick<Contact, 'externalId' | 'name' | 'email' | 'phone' | 'locale' | 'timeZone' | 'attributes' | 'optedOut'>
>

export function createContact(id: ContactId, deploymentId: DeploymentId, details: ContactDetails, now: Instant): Contact {
  return { attributes: {}, optedOut: [], ...details, id, deploymentId, createdAt: now, updatedAt: now, version: 1 }
}

export function updateContact(contact: Contact, details: ContactDetails, now: Instant): Contact {
  return { ...contact, ...details, updatedAt: now, version: contact.version + 1 }
}

/** What stays of an erased person: the address, so that it answers "erased" for ever, and nothing else. */
export function eraseContact(contact: Contact, now: Instant): Contact {
  return { ...createContact(contact.id, contact.deploymentId, {}, contact.createdAt), updatedAt: now, erasedAt: now, version: contact.version + 1 }
}
