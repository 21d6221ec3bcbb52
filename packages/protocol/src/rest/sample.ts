import type { Agent } from '../shapes/agent.ts'
import type { Attachment } from '../shapes/attachment.ts'
import type { Contact } from '../shapes/contact.ts'
import type { Conversation } from '../shapes/conversation.ts'
import type { Deployment } from '../shapes/deployment.ts'
import type { Entry } from '../shapes/entry.ts'
import type { OAuthClient } from '../shapes/oauth-client.ts'
import type { Participant } from '../shapes/participant.ts'
import type { Proactive } from '../shapes/proactive.ts'
import type { SendAnswer } from '../shapes/send.ts'
import type { Session } from '../shapes/session.ts'

/** The ids that the examples of the documentation use. All of one story: Ada asks about her parcel. */
export const id = {
  agent: '0198a3c2-1a01-7b11-8c21-5d0e3f1a2b01',
  attachment: '0198a3c2-1a0a-7b1a-8c2a-5d0e3f1a2b0a',
  client: '0198a3c2-1a02-7b12-8c22-5d0e3f1a2b02',
  contact: '0198a3c2-1a03-7b13-8c23-5d0e3f1a2b03',
  conversation: '0198a3c2-1a04-7b14-8c24-5d0e3f1a2b04',
  customer: '0198a3c2-1a05-7b15-8c25-5d0e3f1a2b05',
  deployment: '0198a3c2-1a06-7b16-8c26-5d0e3f1a2b06',
  message: '0198a3c2-1a07-7b17-8c27-5d0e3f1a2b07',
  proactive: '0198a3c2-1a08-7b18-8c28-5d0e3f1a2b08',
  session: '0198a3c2-1a09-7b19-8c29-5d0e3f1a2b09',
}

/** The times of that story, in order. */
export const time = {
  first: '2026-03-04T10:11:12.345Z',
  closed: '2026-03-04T10:31:12.345Z',
  sent: '2026-03-04T10:51:12.345Z',
  expiry: '2026-03-07T10:11:12.345Z',
}

const found = { contact: 'known', conversation: 'closed', session: 'active', connections: 0, closedAt: time.closed } as const
const delivery = { route: 'live', status: 'waiting', connections: 0, detail: 'stored; shown when the guest returns' } as const

const customer: Participant = { id: id.customer, purpose: 'customer', externalId: id.contact, joinedAt: time.first }

const entry: Entry = {
  seq: 7, id: id.message, conversationId: id.conversation, kind: 'message', direction: 'outbound', createdAt: time.sent,
  from: { kind: 'api', name: 'Parcel desk' }, text: 'Your parcel has arrived.', proactiveId: id.proactive,
}

const conversation: Conversation = {
  id: id.conversation, contactId: id.contact, deploymentId: id.deployment, status: 'closed', quiet: false,
  participants: [customer], lastSeq: 6, createdAt: time.first, lastEntryAt: time.closed, lastText: 'Where is parcel 77?',
  closedAt: time.closed, closedBy: { kind: 'agent', name: 'Mira' }, reopenableUntil: '2026-03-11T10:31:12.345Z',
  contact: { name: 'Ada' }, presence: { connections: 0 },
  cursors: { guest: { deliveredSeq: 6, seenSeq: 5, dismissedSeq: 0 }, business: { deliveredSeq: 6, seenSeq: 6 } },
}

const { closedAt: _at, closedBy: _by, reopenableUntil: _until, ...stillThere } = conversation
const openConversation: Conversation = { ...stillThere, status: 'open' }

const session: Session = {
  sessionId: id.session, webChatSessionId: id.session, contactId: id.contact, state: 'active', createdAt: time.first, expiresAt: time.expiry,
}

const contact: Contact = {
  id: id.contact, deploymentId: id.deployment, externalId: 'crm-4711', name: 'Ada', locale: 'nl-NL', timeZone: 'Europe/Amsterdam',
  attributes: { tier: 'gold' }, optedOut: [], createdAt: time.first, updatedAt: time.first,
}

const sendAnswer: SendAnswer = {
  id: id.proactive, status: 'sent', contactId: id.contact, conversationId: id.conversation, messageId: id.message,
  found, did: 'reopened', deliveries: [delivery],
}

const proactive: Proactive = {
  id: id.proactive, status: 'sent', contactId: id.contact, conversationId: id.conversation, messageId: id.message,
  text: 'Your parcel has arrived.', from: { kind: 'api', name: 'Parcel desk' }, policy: { whenClosed: 'reopen' }, createdAt: time.sent,
  found, did: 'reopened', deliveries: [delivery], timeline: [{ at: time.sent, what: 'send' }],
}

const deployment: Deployment = {
  id: id.deployment, name: 'Shop', status: 'active', allowedDomains: ['shop.example'], sessionDuration: 'P3D', afterExpiry: 'show',
  guestWritesAfterClose: 'reopen', reopenWithin: 'P7D', whenClosed: 'reopen', whenUnreachable: 'store', autoStart: false, clearEnabled: true,
  looks: { title: 'Chat with us', greeting: 'Hello! Ask us anything.', primaryColor: '#0f6b5c', position: 'right' },
  limits: { messagesPerSecond: 5, requestsPerMinute: 60, configuresPerMinute: 60, connectionsPerMinute: 1000, connectionsPerSession: 3 },
  fileUpload: { enabled: true, modes: [{ fileTypes: ['image/png', 'image/jpeg', 'application/pdf'], maxFileSizeKB: 10_240 }], blockedExtensions: ['.exe', '.js'] },
  createdAt: time.first, updatedAt: time.first,
}

const client: OAuthClient = {
  id: id.client, name: 'CRM', scopes: ['messaging:contact:write', 'conversations:read'], tokenLifetimeSeconds: 3600,
  createdAt: time.first, updatedAt: time.first,
}

const agent: Agent = { id: id.agent, name: 'mira', displayName: 'Mira', role: 'agent', createdAt: time.first, updatedAt: time.first }

const attachment: Attachment = {
  id: id.attachment, contactId: id.contact, by: 'business', status: 'presigned', fileName: 'label.pdf', fileType: 'application/pdf', fileSize: 48_213,
  createdAt: time.first, expiresAt: time.closed,
}

/** One valid thing of each noun, for the examples of the documentation. */
export const sample = { agent, attachment, client, contact, conversation, customer, delivery, deployment, entry, found, openConversation, proactive, sendAnswer, session }
