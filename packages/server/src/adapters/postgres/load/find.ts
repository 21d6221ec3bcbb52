import { identityKey, type ContactId, type Identified, type Instant, type Loaded, type Need, type PersonNeed, type Session } from '@beckon/core'
import { keyOf, pendingList, type World } from './world.ts'

/** What a decision needs to see. A token leads to its session, a session to its contact, a contact to its deployment. */
export function find(world: World, need: Need, now: Instant): Loaded {
  const session = findSession(world, need)
  const contact = lookUp(world.contacts, need.contactId ?? session?.contactId)
  const answer = lookUp(world.answers, need.idempotencyKey)
  return {
    ...given('session', session),
    ...given('deployment', lookUp(world.deployments, need.deploymentId ?? contact?.deploymentId)),
    ...(contact ? { contact, ...ofContact(world, need, contact.id) } : nobody),
    ...given('answer', answer && answer.expiresAt > now ? answer : undefined),
    ...given('attachments', need.attachmentIds?.flatMap((id) => world.attachments.get(id) ?? [])),
    ...ofAccess(world, need),
    ...given('signIn', lookUp(world.signIns, need.signInId)),
    ...given('identified', need.identity && findPerson(world, need.identity)),
    ...given('pushDevice', need.pushDevice ? lookUp(world.pushDevices, session?.id) : undefined),
  }
}

const nobody = { openSessions: [], pendingMessages: [] } as const

function findSession(world: World, { sessionId, guestToken }: Need): Session | undefined {
  if (sessionId !== undefined) return world.sessions.get(sessionId)
  return guestToken && lookUp(world.sessions, world.sessionByToken.get(keyOf(guestToken.deploymentId, guestToken.hash)))
}

function ofContact(world: World, need: Need, id: ContactId): Pick<Loaded, 'openSessions' | 'pendingMessages'> & Partial<Loaded> {
  return {
    openSessions: need.openSessions ? openSessionsOf(world, id) : [],
    pendingMessages: need.pendingMessages ? [...pendingList(world, id, need.pendingMessages).messages.values()] : [],
    ...given('ownAttachments', need.ownAttachments && (world.ownAttachments.get(keyOf(need.ownAttachments, id)) ?? []).flatMap((own) => world.attachments.get(own) ?? [])),
    ...given('conversation', lookUp(world.conversations, need.conversationId)),
    ...given('latestConversation', need.latestConversation ? lookUp(world.conversations, world.latestConversation.get(id)) : undefined),
    ...given('latestSession', need.latestSession ? lookUp(world.sessions, world.latestSession.get(id)) : undefined),
    ...given('duplicate', need.clientId === undefined ? undefined : world.duplicates.get(keyOf(id, need.clientId))),
    ...given('proactive', lookUp(world.proactives, need.proactiveId)),
  }
}

function ofAccess(world: World, need: Need): Partial<Loaded> {
  return {
    ...given('oauthClient', lookUp(world.clients, need.oauthClientId)),
    ...given('agent', lookUp(world.agents, need.agentId)),
    ...given('agentNamed', lookUp(world.agentByName, need.agentName)),
    ...given('accessToken', lookUp(world.accessTokens, need.tokenHash)),
    ...given('contactWithExternalId', need.externalId === undefined ? undefined : lookUp(world.contacts, world.contactByExternalId.get(need.externalId))),
  }
}

function findPerson(world: World, identity: PersonNeed): Identified | undefined {
  const proven = lookUp(world.contacts, world.contactByIdentity.get(identityKey(identity.deploymentId, identity)))
  const named = identity.orExternalId === undefined ? undefined : lookUp(world.contacts, world.contactByExternalId.get(identity.orExternalId))
  const contact = proven ?? (named?.deploymentId === identity.deploymentId ? named : undefined)
  if (!contact) return undefined
  const latestConversation = lookUp(world.conversations, world.latestConversation.get(contact.id))
  return { contact, openSessions: openSessionsOf(world, contact.id), ...(latestConversation ? { latestConversation } : {}) }
}

function openSessionsOf(world: World, id: ContactId): readonly Session[] {
  return (world.openSessions.get(id) ?? []).flatMap((sessionId) => world.sessions.get(sessionId) ?? [])
}

function lookUp<T>(table: ReadonlyMap<string, T>, key: string | undefined): T | undefined {
  return key === undefined ? undefined : table.get(key)
}

/** An absent thing is an absent property. */
function given<K extends keyof Loaded>(name: K, value: Loaded[K] | undefined): Partial<Loaded> {
  return value === undefined ? {} : { [name]: value }
}
