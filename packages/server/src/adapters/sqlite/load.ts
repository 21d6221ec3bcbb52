import { identityKey, type Clock, type Entry, type Identified, type Loaded, type MessageEntry, type Need, type PersonNeed } from '@beckon/core'
import type { Tables } from './tables.ts'
import type { Kept } from './tables/contacts.ts'
import type { Contact, Session } from '@beckon/core'

export interface LoadedWithKey {
  readonly found: Loaded
  /** The contact that the decision is about, for the rows that will point at it. */
  readonly contactKey: number | undefined
}

/** What a decision needs to see. A token leads to its session, a session to its contact, a contact to its deployment. */
export function load(tables: Tables, need: Need, clock: Clock): LoadedWithKey {
  const session = findSession(tables, need)
  const contactId = need.contactId ?? session?.contactId
  const contact = contactId === undefined ? undefined : tables.contacts.find(contactId)
  const found: Loaded = {
    ...given('session', session),
    ...given('deployment', findDeployment(tables, need, contact)),
    ...(contact ? ofContact(tables, need, contact) : nobody),
    ...given('answer', need.idempotencyKey === undefined ? undefined : tables.answers.find(need.idempotencyKey, clock.now())),
    ...given('attachments', need.attachmentIds?.flatMap((id) => tables.attachments.find(id) ?? [])),
    ...ofAccess(tables, need),
    ...ofIdentity(tables, need, session),
  }
  return { found, contactKey: contact?.key }
}

const nobody = { openSessions: [], pendingMessages: [] } as const

function findSession(tables: Tables, need: Need): Session | undefined {
  if (need.sessionId !== undefined) return tables.sessions.find(need.sessionId)
  return need.guestToken && tables.sessions.findByToken(need.guestToken.deploymentId, need.guestToken.hash)
}

function findDeployment({ access }: Tables, need: Need, contact: Kept<Contact> | undefined): Loaded['deployment'] {
  const id = need.deploymentId ?? contact?.value.deploymentId
  return id === undefined ? undefined : access.deployments.find(id)
}

function ofContact(tables: Tables, need: Need, { key, value: contact }: Kept<Contact>): Pick<Loaded, 'openSessions' | 'pendingMessages'> & Partial<Loaded> {
  return {
    contact,
    openSessions: need.openSessions ? tables.sessions.openOf(key) : [],
    pendingMessages: need.pendingMessages ? tables.proactives.pending(key, need.pendingMessages) : [],
    ...given('ownAttachments', need.ownAttachments && tables.attachments.of(key, need.ownAttachments)),
    ...given('conversation', need.conversationId === undefined ? undefined : tables.conversations.find(need.conversationId)?.value),
    ...given('latestConversation', need.latestConversation ? tables.conversations.findLatest(key)?.value : undefined),
    ...given('latestSession', need.latestSession ? tables.sessions.findLatest(key) : undefined),
    ...given('duplicate', need.clientId === undefined ? undefined : asMessage(tables.entries.findByClientId(key, need.clientId))),
    ...given('proactive', need.proactiveId === undefined ? undefined : tables.proactives.find(need.proactiveId)),
  }
}

function ofAccess({ access, contacts }: Tables, need: Need): Partial<Loaded> {
  return {
    ...given('oauthClient', need.oauthClientId === undefined ? undefined : access.clients.find(need.oauthClientId)),
    ...given('agent', need.agentId === undefined ? undefined : access.agents.find(need.agentId)),
    ...given('agentNamed', need.agentName === undefined ? undefined : access.agents.findByName(need.agentName)),
    ...given('accessToken', need.tokenHash === undefined ? undefined : access.tokens.find(need.tokenHash)),
    ...given('contactWithExternalId', need.externalId === undefined ? undefined : contacts.findByExternalId(need.externalId)),
  }
}

function ofIdentity(tables: Tables, { signInId, identity, pushDevice }: Need, session: Session | undefined): Partial<Loaded> {
  const { signIns, pushDevices } = tables.identities
  return {
    ...given('signIn', signInId === undefined ? undefined : signIns.find(signInId)),
    ...given('identified', identity && findPerson(tables, identity)),
    ...given('pushDevice', pushDevice && session ? pushDevices.find(session.deploymentId, session.tokenHash) : undefined),
  }
}

function findPerson({ contacts, conversations, sessions }: Tables, { deploymentId, orExternalId, ...identity }: PersonNeed): Identified | undefined {
  const proven = contacts.findByIdentity(identityKey(deploymentId, identity))
  const named = proven || orExternalId === undefined ? undefined : contacts.findByExternalId(orExternalId)
  const known = proven ?? (named?.deploymentId === deploymentId ? contacts.find(named.id) : undefined)
  if (!known) return undefined
  const latestConversation = conversations.findLatest(known.key)?.value
  return { contact: known.value, openSessions: sessions.openOf(known.key), ...(latestConversation ? { latestConversation } : {}) }
}

function asMessage(entry: Entry | undefined): MessageEntry | undefined {
  return entry?.kind === 'message' ? entry : undefined
}

/** An absent thing is an absent property. */
function given<K extends keyof Loaded>(name: K, value: Loaded[K] | undefined): Partial<Loaded> {
  return value === undefined ? {} : { [name]: value }
}
