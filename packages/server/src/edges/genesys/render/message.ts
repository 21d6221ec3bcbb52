import { isInbound, must, type Conversation, type MessageEntry, type Sent } from '@beckon/core'
import type { GenesysMessage, GenesysMessageDetails } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'

const normalizedStatus = { queued: 'Sent', sent: 'Sent', received: 'Delivered', 'delivery-success': 'Delivered', read: 'Read', removed: 'Removed' } as const

function messageUri(conversationId: string, messageId: string): string {
  return `/api/v2/conversations/messages/${conversationId}/messages/${messageId}`
}

/** An entry, with how far it has come by the guest's marks. */
export function renderMessage(entry: MessageEntry, conversation: Conversation): GenesysMessage {
  return render({ ...entry, isInbound: isInbound(entry), status: statusOf(entry, conversation), deploymentId: conversation.deploymentId })
}

/** What a send has just put there. */
export function renderSent({ message }: Sent, deploymentId: string): GenesysMessage {
  const { conversationId, contactId, messageId, createdAt, from, saying, deliveries } = message
  const status = deliveries.some((delivery) => delivery.status === 'sent') ? 'sent' : 'queued'
  const id = must(messageId, 'a message that was accepted has its address')
  return render({ ...saying, id, conversationId, contactId, at: createdAt, by: from, isInbound: false, status, deploymentId })
}

export function renderDetails(entry: MessageEntry, conversation: Conversation): GenesysMessageDetails {
  return {
    messageId: entry.id,
    messageURI: messageUri(conversation.id, entry.id),
    messageStatus: statusOf(entry, conversation),
    messageSegmentCount: 1,
    messageTime: timeOf(entry.at),
  }
}

function statusOf(entry: MessageEntry, { guest }: Conversation): GenesysMessage['status'] {
  if (entry.withdrawn === true) return 'removed'
  if (isInbound(entry)) return 'received'
  if (entry.seq <= guest.seenSeq) return 'read'
  return entry.seq <= guest.deliveredSeq ? 'delivery-success' : 'sent'
}

type Line = Pick<MessageEntry, 'id' | 'contactId' | 'at' | 'by' | 'text' | 'content' | 'metadata'> & {
  readonly conversationId: MessageEntry['conversationId'] | undefined
  readonly isInbound: boolean
  readonly status: GenesysMessage['status']
  readonly deploymentId: string
}

function render(line: Line): GenesysMessage {
  const { id, conversationId, at, text, status, contactId, deploymentId, by } = line
  const [fromAddress, toAddress] = line.isInbound ? [contactId, deploymentId] : [deploymentId, contactId]
  return {
    id,
    ...(conversationId === undefined ? {} : { conversationId }),
    timestamp: timeOf(at),
    direction: line.isInbound ? 'inbound' : 'outbound',
    messengerType: 'webmessaging',
    status,
    textBody: text,
    normalizedMessage: renderNormalized(line),
    fromAddress, toAddress,
    ...(by.id === undefined || line.isInbound ? {} : { createdBy: { id: by.id, ...nameOf(by.name) } }),
    selfUri: conversationId === undefined ? `/api/v2/conversations/messages/${id}/details` : messageUri(conversationId, id),
  }
}

function renderNormalized(line: Line): GenesysMessage['normalizedMessage'] {
  const { id, at, by, text, content, metadata, status, deploymentId, contactId } = line
  const fromId = line.isInbound ? contactId : by.id
  return {
    id,
    channel: {
      id: deploymentId, platform: 'WebMessaging', type: 'Private', messageId: id, time: timeOf(at),
      ...(fromId === undefined ? {} : { from: { id: fromId, idType: 'Opaque', ...(by.name === undefined ? {} : { nickname: by.name }) } }),
    },
    type: content === undefined ? 'Text' : 'Structured',
    text,
    ...(content === undefined ? {} : { content }),
    status: normalizedStatus[status],
    originatingEntity: by.kind === 'customer' || by.kind === 'agent' ? 'Human' : 'Bot',
    direction: line.isInbound ? 'Inbound' : 'Outbound',
    ...(metadata === undefined ? {} : { metadata }),
  }
}

function nameOf(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name }
}
