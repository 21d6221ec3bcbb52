import type { Clock, Reader } from '@beckon/core'
import { unavailable, type Connection } from './connection.ts'
import type { Tables } from './tables.ts'

/** Reads answer from the one connection between two commits, and so always see some committed state. */
export function createReader(db: Connection, tables: Tables, clock: Clock, epoch: string): Reader {
  const { access, contacts, conversations, entries, events, proactives, sessions, timers } = tables
  return {
    epoch,
    deployment: (id) => answer(() => access.deployments.find(id)),
    deployments: (page) => answer(() => access.deployments.list(page)),
    contact: (id) => answer(() => contacts.find(id)?.value),
    contactByExternalId: (externalId) => answer(() => contacts.findByExternalId(externalId)),
    contacts: (page, filter) => answer(() => contacts.list(page, filter)),
    conversation: (id) => answer(() => conversations.find(id)?.value),
    conversations: (page, filter) =>
      answer(() => {
        if (filter.contactId === undefined) return conversations.list(page, filter)
        const contact = contacts.find(filter.contactId)
        return contact ? conversations.list(page, { ...filter, contactKey: contact.key }) : { entities: [] }
      }),
    latestConversation: (contactId) => answer(() => ifKnown(contacts.find(contactId)?.key, (key) => conversations.findLatest(key)?.value)),
    session: (id) => answer(() => sessions.find(id)),
    latestSession: (contactId) => answer(() => ifKnown(contacts.find(contactId)?.key, (key) => sessions.findLatest(key))),
    sessionByToken: (deploymentId, tokenHash) => answer(() => sessions.findByToken(deploymentId, tokenHash)),
    entries: (conversationId, range) =>
      answer(() => {
        const kept = conversations.find(conversationId)
        return kept ? entries.range(kept.key, { conversationId, contactId: kept.value.contactId }, range) : []
      }),
    message: (id) =>
      answer(() => {
        const entry = entries.find(id)
        return entry?.kind === 'message' ? entry : undefined
      }),
    guestHistory: (conversationId, page) =>
      answer(() => {
        const kept = conversations.find(conversationId)
        return kept ? entries.history(kept.key, { conversationId, contactId: kept.value.contactId }, page) : { entries: [], total: 0 }
      }),
    proactive: (id) => answer(() => proactives.find(id)),
    proactiveByMessage: (messageId) => answer(() => proactives.findByMessage(messageId)),
    proactives: (page, { contactId, conversationId, status }) =>
      answer(() => {
        const contactKey = contactId === undefined ? undefined : (contacts.find(contactId)?.key ?? -1)
        return proactives.list(page, { contactKey, conversationId, status })
      }),
    events: (position, limit, filter) => answer(() => events.after(position, limit, filter)),
    lastPosition: () => answer(() => events.lastPosition()),
    nextTimerAt: () => answer(() => timers.nextAt()),
    answer: (key) => answer(() => tables.answers.find(key, clock.now())),
    accessToken: (hash) => answer(() => access.tokens.find(hash)),
    oauthClient: (id) => answer(() => access.clients.find(id)),
    oauthClients: (page) => answer(() => access.clients.list(page)),
    agent: (id) => answer(() => access.agents.find(id)),
    agentByName: (name) => answer(() => access.agents.findByName(name)),
    agents: (page) => answer(() => access.agents.list(page)),
    agentSession: (hash) => answer(() => access.agentSessions.find(hash)),
    attachment: (id) => answer(() => tables.attachments.find(id)),
    signIn: (id) => answer(() => tables.identities.signIns.find(id)),
    signInByRefreshToken: (hash) => answer(() => tables.identities.signIns.findByToken(hash)),
    pushDevices: (contactId) => answer(() => tables.identities.pushDevices.of(contactId)),
    ping: () => answer(() => db.exec('SELECT 1')),
  }
}

/** The engine answers at once, or fails as an outage. */
function answer<T>(read: () => T): Promise<T> {
  try {
    return Promise.resolve(read())
  } catch (error) {
    return Promise.reject(unavailable(error))
  }
}

function ifKnown<T>(key: number | undefined, read: (key: number) => T): T | undefined {
  return key === undefined ? undefined : read(key)
}
