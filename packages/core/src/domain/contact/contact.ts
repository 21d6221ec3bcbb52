import type { Identity, IdentityClaims } from '../identity/identity.ts'
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
  /** Who they proved to be, and when for the first time: whoever got hold of them before that has no claim on them any more. */
  readonly identity?: Identity & { readonly since: Instant }
  /** They proved to be this other contact, who has everything that was theirs. */
  readonly mergedInto?: ContactId
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

/** The contact as who they have proved to be; details that the business has are not overwritten by what a provider says. */
export function identifyContact(contact: Contact, identity: Identity, claims: IdentityClaims, now: Instant): Contact {
  const { name, email, locale, timeZone } = claims
  const told = Object.fromEntries(Object.entries({ name, email, locale, timeZone }).filter(([, value]) => value !== undefined))
  return { ...contact, ...told, ...knownDetails(contact), identity: { ...identity, since: contact.identity?.since ?? now }, updatedAt: now, version: contact.version + 1 }
}

/**
 * May what is of this contact become another's? Not of somebody who has proved to be a person of their own, and not of
 * somebody whom the business knows under another id.
 */
export function mayMerge(from: Contact, into: Contact): boolean {
  if (from.id === into.id || from.identity || !isHere(from) || !isHere(into)) return false
  return from.externalId === undefined || into.externalId === undefined || from.externalId === into.externalId
}

/** Both as they are afterwards: an address that leads on, and a person with the details of both. A declined purpose stays declined. */
export function mergeContacts(from: Contact, into: Contact, now: Instant): { readonly from: Contact; readonly into: Contact } {
  const { id, deploymentId, createdAt, version } = from
  return {
    from: { ...createContact(id, deploymentId, {}, createdAt), mergedInto: into.id, updatedAt: now, version: version + 1 },
    into: {
      ...into,
      ...knownDetails(from),
      ...knownDetails(into),
      attributes: { ...from.attributes, ...into.attributes },
      optedOut: [...new Set([...into.optedOut, ...from.optedOut])],
      updatedAt: now,
      version: into.version + 1,
    },
  }
}

function isHere({ erasedAt, mergedInto }: Contact): boolean {
  return erasedAt === undefined && mergedInto === undefined
}

function knownDetails({ externalId, name, email, phone, locale, timeZone }: Contact): ContactDetails {
  return Object.fromEntries(Object.entries({ externalId, name, email, phone, locale, timeZone }).filter(([, value]) => value !== undefined))
}
