import { isUnused } from '../../domain/attachment/attachment.ts'
import type { Conversation } from '../../domain/conversation/conversation.ts'
import type { MessageEntry } from '../../domain/entry/entry.ts'
import type { Instant } from '../../domain/instant.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import type { Session } from '../../domain/session/session.ts'
import { identityKey } from '../../domain/identity/identity.ts'
import { isAskedFor, type Answer, type Found, type Identified, type Need, type PendingNeed, type PersonNeed } from '../../ports/store.ts'
import { deviceKey } from './identity.ts'
import type { OwnedKind, Table, Tables } from './tables.ts'

/** What a decision needs to see. A token leads to its session, a session by token to its contact, a contact to its deployment. */
export function find(tables: Tables, need: Need, now: Instant): Found {
  const session = findSession(tables, need)
  const contact = lookUp(tables.contacts, need.contactId ?? session?.contactId)
  return {
    ...ofContact(tables, need, contact?.id),
    ...ofAccess(tables, need),
    ...given('session', session),
    ...given('contact', contact),
    ...ofIdentity(tables, need, session),
    ...given('deployment', lookUp(tables.deployments, need.deploymentId ?? contact?.deploymentId)),
    ...given('conversation', lookUp(tables.conversations, need.conversationId)),
    ...given('proactive', lookUp(tables.proactives, need.proactiveId)),
    ...given('attachments', need.attachmentIds?.flatMap((id) => tables.attachments.get(id) ?? [])),
    ...given('answer', need.idempotencyKey === undefined ? undefined : findAnswer(tables, need.idempotencyKey, now)),
  }
}

export function findLatestConversation(tables: Tables, contactId: string): Conversation | undefined {
  const all = owned(tables, tables.conversations, 'conversations', contactId)
  return all.findLast((one) => one.status === 'open') ?? all.at(-1)
}

export function findLatestSession(tables: Tables, contactId: string): Session | undefined {
  return owned(tables, tables.sessions, 'sessions', contactId).at(-1)
}

export function findByToken(tables: Tables, deploymentId: string, hash: string): Session | undefined {
  return lookUp(tables.sessions, tables.byKey.get(`token ${deploymentId} ${hash}`))
}

export function findMessage(tables: Tables, id: string): MessageEntry | undefined {
  const entry = lookUp(tables.entries, tables.byKey.get(`entry ${id}`))
  return entry?.kind === 'message' ? entry : undefined
}

/** A remembered answer, until it has run out. */
export function findAnswer(tables: Tables, key: string, now: Instant): Answer | undefined {
  const answer = tables.answers.get(key)?.answer
  return answer && answer.expiresAt > now ? answer : undefined
}

/** In the order in which they were first stored. */
export function owned<T>(tables: Tables, table: Table<T>, kind: OwnedKind, contactId: string): readonly T[] {
  return Array.from(tables.byOwner.get(`${kind} ${contactId}`)).flatMap((id) => table.get(id) ?? [])
}

function findSession(tables: Tables, need: Need): Session | undefined {
  if (need.sessionId !== undefined) return tables.sessions.get(need.sessionId)
  return need.guestToken && findByToken(tables, need.guestToken.deploymentId, need.guestToken.hash)
}

function ofContact(tables: Tables, need: Need, contactId: string | undefined): Pick<Found, 'openSessions' | 'pendingMessages'> & Partial<Found> {
  if (contactId === undefined) return { openSessions: [], pendingMessages: [] }
  const duplicate = need.clientId === undefined ? undefined : tables.byKey.get(`client ${contactId} ${need.clientId}`)
  return {
    openSessions: need.openSessions ? owned(tables, tables.sessions, 'sessions', contactId).filter((one) => !one.ended) : [],
    pendingMessages: need.pendingMessages ? findPending(tables, need.pendingMessages, contactId) : [],
    ...given('latestConversation', need.latestConversation ? findLatestConversation(tables, contactId) : undefined),
    ...given('latestSession', need.latestSession ? findLatestSession(tables, contactId) : undefined),
    ...given('ownAttachments', need.ownAttachments && owned(tables, tables.attachments, 'attachments', contactId).filter((one) => need.ownAttachments === 'all' || isUnused(one))),
    ...given('duplicate', duplicate === undefined ? undefined : findMessage(tables, duplicate)),
  }
}

function ofAccess(tables: Tables, need: Need): Partial<Found> {
  return {
    ...given('oauthClient', lookUp(tables.clients, need.oauthClientId)),
    ...given('agent', lookUp(tables.agents, need.agentId)),
    ...given('agentNamed', need.agentName === undefined ? undefined : lookUp(tables.agents, tables.byKey.get(`agent ${need.agentName}`))),
    ...given('accessToken', lookUp(tables.tokens, need.tokenHash)),
    ...given('contactWithExternalId', need.externalId === undefined ? undefined : lookUp(tables.contacts, tables.byKey.get(`external ${need.externalId}`))),
  }
}

function ofIdentity(tables: Tables, { signInId, identity, pushDevice }: Need, session: Session | undefined): Partial<Found> {
  return {
    ...given('signIn', lookUp(tables.signIns, signInId)),
    ...given('identified', identity && findPerson(tables, identity)),
    ...given('pushDevice', pushDevice && session ? tables.pushDevices.get(deviceKey(session.deploymentId, session.tokenHash)) : undefined),
  }
}

function findPerson(tables: Tables, { deploymentId, orExternalId, ...identity }: PersonNeed): Identified | undefined {
  const proven = lookUp(tables.contacts, tables.byKey.get(`identity ${identityKey(deploymentId, identity)}`))
  const named = orExternalId === undefined ? undefined : lookUp(tables.contacts, tables.byKey.get(`external ${orExternalId}`))
  const contact = proven ?? (named?.deploymentId === deploymentId ? named : undefined)
  if (!contact) return undefined
  const latestConversation = findLatestConversation(tables, contact.id)
  const openSessions = owned(tables, tables.sessions, 'sessions', contact.id).filter((one) => !one.ended)
  return { contact, openSessions, ...(latestConversation ? { latestConversation } : {}) }
}

function findPending(tables: Tables, need: PendingNeed, contactId: string): readonly ProactiveMessage[] {
  return owned(tables, tables.proactives, 'unsettled', contactId).filter((message) => isAskedFor(need, message))
}

function lookUp<T>(table: Table<T>, key: string | undefined): T | undefined {
  return key === undefined ? undefined : table.get(key)
}

/** An absent thing is an absent property. */
function given<K extends keyof Found>(name: K, value: Found[K] | undefined): Partial<Found> {
  return value === undefined ? {} : { [name]: value }
}
