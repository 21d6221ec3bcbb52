import { id, time } from '../rest/sample.ts'
import type { GenesysConversation, GenesysMessageConversation } from './shapes/conversation.ts'
import type { GenesysMessage, GenesysMessageDetails } from './shapes/message.ts'
import type { GenesysWebDeployment } from './shapes/web-deployment.ts'

const text = 'Your parcel has arrived.'

const message: GenesysMessage = {
  id: id.message, conversationId: id.conversation, timestamp: time.sent, direction: 'outbound', messengerType: 'webmessaging', status: 'sent', textBody: text,
  normalizedMessage: {
    id: id.message, type: 'Text', text, status: 'Sent', originatingEntity: 'Bot', direction: 'Outbound',
    channel: { id: id.deployment, platform: 'WebMessaging', type: 'Private', messageId: id.message, from: { id: id.client, idType: 'Opaque', nickname: 'Parcel desk' }, time: time.sent },
  },
  createdBy: { id: id.client, name: 'Parcel desk' },
  selfUri: `/api/v2/conversations/messages/${id.conversation}/messages/${id.message}`,
}

const details: GenesysMessageDetails = { messageId: id.message, messageURI: message.selfUri, messageStatus: 'received', messageSegmentCount: 1, messageTime: time.first }

const customer = {
  id: id.customer, name: 'Ada', purpose: 'customer', startTime: time.first, connectedTime: time.first, attributes: { tier: 'gold' },
} as const
const leg = { state: 'connected', direction: 'inbound', held: false, provider: 'Beckon', type: 'webmessaging', messages: [details] } as const

const conversation: GenesysConversation = {
  id: id.conversation, startTime: time.first, address: id.contact, recordingState: 'NONE', selfUri: `/api/v2/conversations/${id.conversation}`,
  participants: [{
    ...customer, participantType: 'External', externalContactId: id.contact,
    messages: [{ id: id.customer, initialState: 'connected', connectedTime: time.first, ...leg }],
  }],
}

const messageConversation: GenesysMessageConversation = {
  id: id.conversation, selfUri: `/api/v2/conversations/messages/${id.conversation}`,
  participants: [{ ...customer, ...leg, wrapupRequired: false, externalContact: { id: id.contact, selfUri: `/api/v2/contacts/${id.contact}` } }],
}

const webDeployment: GenesysWebDeployment = {
  id: id.deployment, name: 'Shop', allowAllDomains: false, allowedDomains: ['shop.example'], status: 'Active',
  dateCreated: time.first, dateModified: time.first, configuration: { id: id.deployment, version: '1' },
  selfUri: `/api/v2/webdeployments/deployments/${id.deployment}`,
}

/** One of each, for the examples of the documentation. */
export const genesysSample = { conversation, message, messageConversation, webDeployment }
