import type { Contact } from '../../domain/contact/contact.ts'
import type { Entry } from '../../domain/entry/entry.ts'
import type { DomainEvent, StoredEvent } from '../../domain/event/event.ts'
import { identityKey } from '../../domain/identity/identity.ts'
import type { ContactId, ConversationId } from '../../domain/ids.ts'
import { instant } from '../../domain/instant.ts'
import { invariant, must } from '../../domain/invariant.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import { isUnderWay } from '../../domain/proactive/transitions.ts'
import type { Session } from '../../domain/session/session.ts'
import type { Change, Committed } from '../../ports/store.ts'
import { erase } from './erase.ts'
import { applyToIdentity } from './identity.ts'
import { mergeContacts } from './merge-contacts.ts'
import { entryKey, type OwnedKind, type Table, type Tables } from './tables.ts'

/** Writes one decision's changes in their order, and tells what the listeners will hear of them. */
export function applyChanges(tables: Tables, changes: readonly Change[], about: ContactId | undefined): Committed {
  let told: Committed = { entries: [], conversations: [], sessions: [], events: [] }
  for (const change of changes) told = { ...told, ...apply(tables, change, { told, about }) }
  return told
}

interface Applied {
  readonly told: Committed
  /** The contact that the decision was about. */
  readonly about: ContactId | undefined
}

/** The part of what is told that this change adds to. */
function apply(tables: Tables, change: Change, { told, about }: Applied): Partial<Committed> {
  switch (change.kind) {
    case 'put-contact':
      putContact(tables, change.contact)
      return { contactId: change.contact.id }
    case 'put-conversation':
      putOwned(tables, 'conversations', tables.conversations, change.conversation)
      return { contactId: change.conversation.contactId, conversations: [...told.conversations, change.conversation] }
    case 'put-session':
      putSession(tables, change.session)
      return { contactId: change.session.contactId, sessions: [...told.sessions, change.session] }
    case 'append-entry':
      appendEntry(tables, change.entry)
      return { entries: [...told.entries, { entry: change.entry, ...(change.trace ? { trace: change.trace } : {}) }] }
    case 'append-event':
      return { events: [...told.events, appendEvent(tables, change.event)] }
    case 'put-attachment':
      putOwned(tables, 'attachments', tables.attachments, change.attachment)
      return { contactId: change.attachment.contactId, attachments: [...(told.attachments ?? []), change.attachment] }
    case 'merge-contacts':
      mergeContacts(tables, change.from, change.into)
      return { mergedFrom: change.from }
    case 'put-timer':
      tables.timers.put(change.timer.id, { timer: change.timer })
      return { dueAt: instant(Math.min(told.dueAt ?? Infinity, change.timer.dueAt)) }
    default:
      applyQuietly(tables, change, about)
      return {}
  }
}

type Loud = 'put-contact' | 'put-conversation' | 'put-session' | 'append-entry' | 'append-event' | 'put-attachment' | 'merge-contacts' | 'put-timer'

/** Changes that nobody waits to hear of. */
function applyQuietly(tables: Tables, change: Exclude<Change, { kind: Loud }>, about: ContactId | undefined): void {
  switch (change.kind) {
    case 'put-proactive':
      return putProactive(tables, change.proactive)
    case 'withdraw-entry': return withdraw(tables, change.conversationId, change.seq)
    case 'drop-timer': return tables.timers.delete(change.id)
    case 'put-answer': return tables.answers.put(change.answer.key, { answer: change.answer, about })
    case 'erase-contact': return erase(tables, change.contactId)
    case 'put-deployment': return tables.deployments.put(change.deployment.id, change.deployment)
    case 'delete-deployment': return tables.deployments.delete(change.id)
    case 'put-sign-in': case 'delete-sign-in': case 'delete-sign-ins':
    case 'put-push-device': case 'delete-push-device': case 'delete-push-devices':
      return applyToIdentity(tables, change)
    default: return applyToAccess(tables, change)
  }
}

type AccessChange = Extract<Change, { kind: 'put-client' | 'delete-client' | 'put-token' | 'put-agent' | 'delete-agent' | 'put-agent-session' | 'delete-agent-session' | 'delete-agent-sessions' }>

function applyToAccess(tables: Tables, change: AccessChange): void {
  switch (change.kind) {
    case 'put-client': return tables.clients.put(change.client.id, change.client)
    case 'delete-client':
      for (const { value } of tables.tokens.rows()) if (value.clientId === change.id) tables.tokens.delete(value.hash)
      return tables.clients.delete(change.id)
    case 'put-token': return tables.tokens.put(change.token.hash, change.token)
    case 'put-agent': {
      claim(tables, `agent ${change.agent.name}`, change.agent.id)
      return tables.agents.put(change.agent.id, change.agent)
    }
    case 'delete-agent': {
      tables.byKey.delete(`agent ${tables.agents.get(change.id)?.name}`)
      signOut(tables, change.id)
      return tables.agents.delete(change.id)
    }
    case 'put-agent-session': return tables.agentSessions.put(change.session.hash, change.session)
    case 'delete-agent-session': return tables.agentSessions.delete(change.hash)
    case 'delete-agent-sessions': return signOut(tables, change.agentId)
  }
}

function signOut(tables: Tables, agentId: string): void {
  for (const { value } of tables.agentSessions.rows()) if (value.agentId === agentId) tables.agentSessions.delete(value.hash)
}

function putContact(tables: Tables, contact: Contact): void {
  const was = tables.contacts.get(contact.id)
  if (was?.externalId !== undefined) tables.byKey.delete(`external ${was.externalId}`)
  if (was?.identity) tables.byKey.delete(`identity ${identityKey(was.deploymentId, was.identity)}`)
  if (contact.externalId !== undefined) claim(tables, `external ${contact.externalId}`, contact.id)
  if (contact.identity) claim(tables, `identity ${identityKey(contact.deploymentId, contact.identity)}`, contact.id)
  tables.contacts.put(contact.id, contact)
}

function putProactive(tables: Tables, message: ProactiveMessage): void {
  const { id, contactId, messageId } = message
  tables.byOwner[isUnderWay(message) ? 'add' : 'delete'](`unsettled ${contactId}`, id)
  tables.byKey.put(`message ${messageId}`, id)
  putOwned(tables, 'proactives', tables.proactives, message)
}

function putSession(tables: Tables, session: Session): void {
  if (!tables.sessions.get(session.id)) nameTokens(tables, session)
  putOwned(tables, 'sessions', tables.sessions, session)
}

function nameTokens(tables: Tables, { id, deploymentId, tokenHash, foldedTokenHash }: Session): void {
  for (const hash of [tokenHash, foldedTokenHash]) if (hash !== undefined) tables.byKey.put(`token ${deploymentId} ${hash}`, id)
}

function appendEntry(tables: Tables, entry: Entry): void {
  const seq = (tables.logLengths.get(entry.conversationId) ?? 0) + 1
  invariant(entry.seq === seq, `the next seq of ${entry.conversationId} is ${seq}, not ${entry.seq}`)
  if (entry.kind === 'message' && entry.clientId !== undefined) claim(tables, `client ${entry.contactId} ${entry.clientId}`, entry.id)
  tables.logLengths.put(entry.conversationId, seq)
  tables.entries.put(entryKey(entry.conversationId, seq), entry)
  tables.byKey.put(`entry ${entry.id}`, entryKey(entry.conversationId, seq))
}

function withdraw(tables: Tables, conversationId: ConversationId, seq: number): void {
  const key = entryKey(conversationId, seq)
  const entry = must(tables.entries.get(key), 'only an entry of a log is withdrawn')
  if (entry.kind === 'message') tables.entries.put(key, { ...entry, withdrawn: true })
}

function appendEvent(tables: Tables, event: DomainEvent): StoredEvent {
  const stored = { ...event, position: tables.events.size + 1 }
  tables.events.put(String(stored.position), stored)
  return stored
}

/** Stores a contact's row, and on first sight that it is theirs. */
function putOwned<T extends { readonly id: string; readonly contactId: string }>(tables: Tables, kind: OwnedKind, table: Table<T>, value: T): void {
  tables.byOwner.add(`${kind} ${value.contactId}`, value.id)
  table.put(value.id, value)
}

/** Gives a unique key to one owner; another's is refused. */
function claim(tables: Tables, key: string, owner: string): void {
  const known = tables.byKey.get(key)
  invariant(known === undefined || known === owner, `"${key}" is taken`)
  tables.byKey.put(key, owner)
}
