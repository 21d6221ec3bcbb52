import { createContact, identifyContact, mayMerge, mergeContacts, type Contact } from '../domain/contact/contact.ts'
import type { Conversation } from '../domain/conversation/conversation.ts'
import type { Deployment } from '../domain/deployment/deployment.ts'
import type { SignIn } from '../domain/identity/sign-in.ts'
import type { Change, Found, Identified } from '../ports/store.ts'
import { contactCreated } from './guest-session.ts'
import type { SessionDeps } from './session-changes.ts'
import { continueThread } from './thread-draft.ts'

/** Who a signed-in guest is, and what had to be changed for them to be one contact. */
export interface Person {
  readonly contact: Contact
  readonly latestConversation?: Conversation
  readonly changes: readonly Change[]
  /** The guest that this browser had before is this person now. */
  readonly cameAlong: boolean
  /** That guest had not proved anything before: their other tokens are to lose their hold. */
  readonly hasIdentityNow: boolean
  readonly closedElsewhere: boolean
}

interface Given {
  readonly deployment: Deployment
  readonly signIn: SignIn
  readonly found: Found
  readonly mayComeAlong: boolean
}

type Deps = Pick<SessionDeps, 'clock' | 'ids'>

/**
 * The person whom a sign-in proves: known by this identity, or by the id that the business has for them, or the guest of
 * this browser, or somebody new. A guest who turns out to be a known person becomes one contact with them.
 */
export function becomeOnePerson(deps: Deps, given: Given): Person {
  const { found, mayComeAlong } = given
  const known = knownPerson(given)
  const here = mayComeAlong ? found.contact : undefined
  const guest = here && mayBecome(here, given) ? here : undefined
  if (!known) return guest ? becomeIdentified(deps, guest, given) : beginSomebody(deps, given)
  if (guest && mayMerge(guest, known.contact)) return merge(deps, guest, known, given)
  return stay(deps, known, given)
}

/** Has this contact proved to be the person whom the sign-in proves? */
export function isThisPerson({ identity }: Contact, signIn: SignIn): boolean {
  return identity?.issuer === signIn.identity.issuer && identity.subject === signIn.identity.subject
}

/** The id that a business has for somebody counts until they have proved to be another person at the same provider. */
function knownPerson({ found: { identified: person }, signIn }: Given): Identified | undefined {
  const isAnother = person?.contact.identity?.issuer === signIn.identity.issuer && !isThisPerson(person.contact, signIn)
  return isAnother ? undefined : person
}

/** Somebody who has proved to be another person, or whom the business knows by another id, is not this one. */
function mayBecome({ identity, externalId }: Contact, { deployment, signIn }: Given): boolean {
  if (identity) return false
  return externalId === undefined || !deployment.authentication?.subjectIsExternalId || externalId === signIn.identity.subject
}

function becomeIdentified({ clock }: Deps, guest: Contact, given: Given): Person {
  const contact = identified(guest, given, clock.now())
  const { latestConversation } = given.found
  return {
    contact, cameAlong: true, hasIdentityNow: true, closedElsewhere: false,
    ...(latestConversation ? { latestConversation } : {}),
    changes: updated(contact),
  }
}

function beginSomebody({ clock, ids }: Deps, given: Given): Person {
  const now = clock.now()
  const contact = identified(createContact(ids.next(), given.deployment.id, {}, now), given, now)
  return { contact, cameAlong: false, hasIdentityNow: true, closedElsewhere: false, changes: contactCreated(contact) }
}

function stay({ clock }: Deps, { contact: known, latestConversation }: Identified, given: Given): Person {
  const contact = isThisPerson(known, given.signIn) ? known : identified(known, given, clock.now())
  return {
    contact, hasIdentityNow: known.identity === undefined, closedElsewhere: false,
    cameAlong: given.mayComeAlong && known.id === given.found.contact?.id,
    ...(latestConversation ? { latestConversation } : {}),
    changes: contact === known ? [] : updated(contact),
  }
}

/** One person has one open thread: of two, the one that was written in last goes on. */
function merge({ clock, ids }: Deps, guest: Contact, known: Identified, given: Given): Person {
  const now = clock.now()
  const { deployment, found } = given
  const { from, into: merged } = mergeContacts(guest, known.contact, now)
  const into = isThisPerson(merged, given.signIn) ? merged : identified(merged, given, now)
  const [here, there] = [found.latestConversation, known.latestConversation]
  const stale = staleOf(here, there)
  const closing = stale && continueThread({ ids, now, idleCloseAfter: deployment.idleCloseAfter }, stale)
  closing?.close({ kind: 'api' }, 'merged')
  const goesOn = asOf(into, going(here, there, stale))
  return {
    contact: into, cameAlong: true, hasIdentityNow: true, closedElsewhere: stale !== undefined && stale === there,
    ...(goesOn ? { latestConversation: goesOn } : {}),
    changes: [
      ...(closing?.changes() ?? []),
      { kind: 'merge-contacts', from: from.id, into: into.id },
      { kind: 'put-contact', contact: from },
      { kind: 'put-contact', contact: into },
      ...(goesOn ? [{ kind: 'put-conversation', conversation: goesOn } as const] : []),
      { kind: 'append-event', event: { type: 'contact.merged', at: now, contactId: into.id, data: { mergedContactId: from.id } } },
    ],
  }
}

function staleOf(here: Conversation | undefined, there: Conversation | undefined): Conversation | undefined {
  if (here?.status !== 'open' || there?.status !== 'open') return undefined
  return here.lastEntryAt >= there.lastEntryAt ? there : here
}

/** Where the merged person is: as the store will find it. */
function going(here: Conversation | undefined, there: Conversation | undefined, stale: Conversation | undefined): Conversation | undefined {
  if (!here || !there) return here ?? there
  if (stale) return stale === here ? there : here
  if (here.status !== there.status) return here.status === 'open' ? here : there
  return here.createdAt >= there.createdAt ? here : there
}

function asOf(into: Contact, conversation: Conversation | undefined): Conversation | undefined {
  if (!conversation || conversation.contactId === into.id) return conversation
  return { ...conversation, contactId: into.id, version: conversation.version + 1 }
}

function identified(contact: Contact, { deployment, signIn, found }: Given, now: Contact['createdAt']): Contact {
  const named = identifyContact(contact, signIn.identity, signIn.claims, now)
  const isFree = found.contactWithExternalId === undefined
  return deployment.authentication?.subjectIsExternalId && named.externalId === undefined && isFree ? { ...named, externalId: signIn.identity.subject } : named
}

function updated(contact: Contact): readonly Change[] {
  return [
    { kind: 'put-contact', contact },
    { kind: 'append-event', event: { type: 'contact.updated', at: contact.updatedAt, contactId: contact.id } },
  ]
}
