import type { Attachment } from '../domain/attachment/attachment.ts'
import { createContact, type Contact } from '../domain/contact/contact.ts'
import { closed } from '../domain/conversation/append-entry.ts'
import { createConversation, type ClosedConversation, type OpenConversation } from '../domain/conversation/conversation.ts'
import { createDeployment, type Deployment } from '../domain/deployment/deployment.ts'
import type { MessageEntry } from '../domain/entry/entry.ts'
import { toId } from '../domain/ids.ts'
import { days, minutes, plus } from '../domain/instant.ts'
import type { ProactiveMessage } from '../domain/proactive/proactive.ts'
import type { Session } from '../domain/session/session.ts'
import type { OAuthClient } from '../domain/access/client.ts'
import { allScopes } from '../domain/access/scope.ts'
import type { Agent } from '../domain/access/agent.ts'
import { newYear } from './fake-clock.ts'

/** Valid defaults for everything stored, so that a test shows only what matters to it. */

export function aDeployment(given: Partial<Deployment> = {}): Deployment {
  return { ...createDeployment(toId('deployment-1'), { name: 'Shop', allowedDomains: ['shop.example'] }, newYear), ...given }
}

export function aContact(given: Partial<Contact> = {}): Contact {
  return { ...createContact(toId('contact-1'), toId('deployment-1'), {}, newYear), ...given }
}

export function aSession(given: Partial<Session> = {}): Session {
  return {
    id: toId('session-1'),
    deploymentId: toId('deployment-1'),
    contactId: toId('contact-1'),
    tokenHash: 'a-token-hash',
    createdAt: newYear,
    expiresAt: plus(newYear, days(3)),
    version: 1,
    ...given,
  }
}

export function aConversation(given: Partial<OpenConversation> = {}): OpenConversation {
  const start = { id: given.id ?? toId('conversation-1'), contactId: given.contactId ?? toId('contact-1'), deploymentId: toId<'deployment'>('deployment-1') }
  return { ...createConversation({ ...start, customer: toId('participant-1'), quiet: false }, newYear), ...given }
}

export function aClosedConversation(given: Partial<ClosedConversation> = {}): ClosedConversation {
  const { status: _, closed: end, ...thread } = given
  return { ...closed(aConversation(thread), end ?? { at: newYear, by: { kind: 'agent', name: 'Ana' } }) }
}

export function aMessage(given: Partial<MessageEntry> = {}): MessageEntry {
  return {
    id: toId('entry-1'),
    contactId: toId('contact-1'),
    conversationId: toId('conversation-1'),
    seq: 1,
    at: newYear,
    by: { kind: 'customer', id: 'contact-1' },
    kind: 'message',
    text: 'Hello',
    ...given,
  }
}

export function aProactiveMessage(given: Partial<ProactiveMessage> = {}): ProactiveMessage {
  return {
    id: toId('proactive-1'),
    contactId: toId('contact-1'),
    messageId: toId('entry-1'),
    proactive: true,
    saying: { text: 'Your parcel is here' },
    from: { kind: 'api', name: 'Shop' },
    policy: {},
    status: 'sent',
    deliveries: [{ route: 'live', status: 'waiting', connections: 0 }],
    timeline: [{ at: newYear, what: 'accepted' }],
    createdAt: newYear,
    version: 1,
    ...given,
  }
}

export function anAgent(given: Partial<Agent> = {}): Agent {
  return { id: toId('agent-1'), name: 'ana', displayName: 'Ana', role: 'agent', passwordHash: 'a-password-hash', createdAt: newYear, updatedAt: newYear, version: 1, ...given }
}

export function aClient(given: Partial<OAuthClient> = {}): OAuthClient {
  return {
    id: toId('client-1'),
    name: 'CRM',
    secretHash: 'a-secret-hash',
    scopes: allScopes,
    tokenLifetime: days(1),
    createdAt: newYear,
    updatedAt: newYear,
    version: 1,
    ...given,
  }
}

export function anAttachment(given: Partial<Attachment> = {}): Attachment {
  return {
    id: toId('attachment-1'),
    contactId: toId('contact-1'),
    deploymentId: toId('deployment-1'),
    by: 'guest',
    fileName: 'parcel.png',
    mediaType: 'image/png',
    mostBytes: 10_485_760,
    status: 'presigned',
    uploadHash: 'a-secret-hash',
    expiresAt: plus(newYear, minutes(60)),
    createdAt: newYear,
    updatedAt: newYear,
    version: 1,
    ...given,
  }
}
