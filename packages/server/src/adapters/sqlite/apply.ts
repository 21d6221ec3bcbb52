import { must, wordlessConversation, type Change, type Committed, type ContactId, type ConversationId, type DomainEvent, type StoredEvent } from '@beckon/core'
import { whatIsTold } from '../sql/told.ts'
import type { Tables } from './tables.ts'

/** Writes one decision's changes in their order, inside the transaction that is open. */
export function applyChanges(tables: Tables, changes: readonly Change[], contactKey: number | undefined): Committed {
  const events: StoredEvent[] = []
  for (const change of changes) {
    if (change.kind === 'append-event') events.push(append(tables, change.event))
    else apply(tables, change, contactKey)
  }
  return { ...whatIsTold(changes), events }
}

function append(tables: Tables, event: DomainEvent): StoredEvent {
  return tables.events.append(event, {
    contactKey: event.contactId === undefined ? undefined : keyOfContact(tables, event.contactId),
    conversationKey: event.conversationId === undefined ? undefined : keyOfConversation(tables, event.conversationId),
  })
}

function apply(tables: Tables, change: Exclude<Change, { kind: 'append-event' }>, contactKey: number | undefined): void {
  switch (change.kind) {
    case 'put-contact': return tables.contacts.put(change.contact)
    case 'put-conversation': return tables.conversations.put(change.conversation, keyOfContact(tables, change.conversation.contactId))
    case 'put-session': return tables.sessions.put(change.session, keyOfContact(tables, change.session.contactId))
    case 'append-entry':
      return tables.entries.append(change.entry, {
        conversationKey: keyOfConversation(tables, change.entry.conversationId),
        contactKey: keyOfContact(tables, change.entry.contactId),
      })
    case 'put-attachment': return void tables.attachments.put(change.attachment, keyOfContact(tables, change.attachment.contactId))
    case 'merge-contacts': {
      const { from, into } = change
      return tables.mergeContacts(tables, { key: keyOfContact(tables, from), id: from }, { key: keyOfContact(tables, into), id: into })
    }
    case 'put-timer': return void tables.timers.put(change.timer)
    default: return applyQuietly(tables, change, contactKey)
  }
}

type QuietChange = Exclude<Change, { kind: 'put-contact' | 'put-conversation' | 'put-session' | 'append-entry' | 'append-event' | 'put-attachment' | 'merge-contacts' | 'put-timer' }>

/** Changes that nobody waits to hear of. */
function applyQuietly(tables: Tables, change: QuietChange, contactKey: number | undefined): void {
  const { access, identities } = tables
  switch (change.kind) {
    case 'drop-timer': return void tables.timers.drop(change.id)
    case 'put-proactive': return tables.proactives.put(change.proactive, keyOfContact(tables, change.proactive.contactId))
    case 'withdraw-entry': return void tables.entries.withdraw(keyOfConversation(tables, change.conversationId), change.seq)
    case 'put-answer': return void tables.answers.put(change.answer, contactKey)
    case 'erase-contact': return eraseContact(tables, change.contactId)
    case 'put-deployment': return access.deployments.put(change.deployment)
    case 'delete-deployment': return access.deployments.delete(change.id)
    case 'put-client': return access.clients.put(change.client)
    case 'delete-client':
      access.tokens.deleteOf(change.id)
      return access.clients.delete(change.id)
    case 'put-token': return void access.tokens.put(change.token)
    case 'put-agent': return access.agents.put(change.agent)
    case 'delete-agent':
      access.agentSessions.deleteOf(change.id)
      return access.agents.delete(change.id)
    case 'put-agent-session': return void access.agentSessions.put(change.session)
    case 'delete-agent-session': return void access.agentSessions.delete(change.hash)
    case 'delete-agent-sessions': return void access.agentSessions.deleteOf(change.agentId)
    case 'put-sign-in': return identities.signIns.put(change.signIn)
    case 'delete-sign-in': return identities.signIns.drop(change.id)
    case 'delete-sign-ins': return identities.signIns.dropOf(change.deploymentId, change.identity)
    case 'put-push-device': return void identities.pushDevices.put(change.device, keyOfContact(tables, change.device.contactId))
    case 'delete-push-device': return void identities.pushDevices.drop(change.deploymentId, change.tokenHash)
    case 'delete-push-devices': return void identities.pushDevices.dropOf(keyOfContact(tables, change.contactId))
  }
}

function eraseContact(tables: Tables, contactId: ContactId): void {
  const contactKey = keyOfContact(tables, contactId)
  for (const { key, value } of tables.conversations.allOf(contactKey)) {
    tables.entries.erase(key, { contactId, conversationId: value.id })
    tables.conversations.put(wordlessConversation(value), contactKey)
  }
  tables.proactives.erase(contactKey)
  tables.attachments.erase(contactKey)
  tables.identities.pushDevices.dropOf(contactKey)
  const { identity, deploymentId } = must(tables.contacts.find(contactId), 'an erased contact was known').value
  if (identity) tables.identities.signIns.dropOf(deploymentId, identity)
  tables.events.erase(contactKey)
  tables.answers.erase(contactKey, contactId)
}

function keyOfContact({ contacts }: Tables, id: ContactId): number {
  return must(contacts.find(id), `contact ${id} is stored before what belongs to it`).key
}

function keyOfConversation({ conversations }: Tables, id: ConversationId): number {
  return must(conversations.find(id), `conversation ${id} is stored before what belongs to it`).key
}
