import type { Contact, Conversation, MessageEntry, Participant, Reader } from '@beckon/core'
import type { GenesysCommunication, GenesysConversation, GenesysMessageConversation, GenesysMessageDetails, GenesysMessageParticipant, GenesysParticipant } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
import type { Found } from '../find-conversation.ts'
import { directionOf, legOf, type Leg } from './leg.ts'
import { renderDetails } from './message.ts'

const mostMessages = 500

/** The conversation with a leg for each participant. */
export async function showConversation(reader: Pick<Reader, 'entries'>, found: Found): Promise<GenesysConversation> {
  const { conversation } = found
  const messages = await messagesOf(reader, conversation)
  return {
    id: conversation.id,
    startTime: timeOf(conversation.createdAt),
    ...(conversation.status === 'closed' ? { endTime: timeOf(conversation.closed.at) } : {}),
    address: conversation.contactId,
    participants: conversation.participants.map((one) => renderParticipant(found, one, messages(one))),
    recordingState: 'NONE',
    selfUri: `/api/v2/conversations/${conversation.id}`,
  }
}

/** The message view: participants without legs. */
export async function showMessageConversation(reader: Pick<Reader, 'entries'>, found: Found): Promise<GenesysMessageConversation> {
  const { conversation } = found
  const messages = await messagesOf(reader, conversation)
  return {
    id: conversation.id,
    participants: conversation.participants.map((one) => renderMessageParticipant(found, one, messages(one))),
    selfUri: `/api/v2/conversations/messages/${conversation.id}`,
  }
}

async function messagesOf(reader: Pick<Reader, 'entries'>, conversation: Conversation): Promise<(by: Participant) => readonly GenesysMessageDetails[]> {
  const entries = await reader.entries(conversation.id, { before: conversation.lastSeq + 1, limit: mostMessages })
  const messages = entries.filter((entry): entry is MessageEntry => entry.kind === 'message')
  return ({ id }) => messages.filter(({ participantId }) => participantId === id).map((entry) => renderDetails(entry, conversation))
}

function renderParticipant(found: Found, participant: Participant, messages: readonly GenesysMessageDetails[]): GenesysParticipant {
  const { contactId } = found.conversation
  const isCustomer = participant.purpose === 'customer'
  return {
    ...renderKnown(found, participant),
    participantType: isCustomer ? 'External' : 'Internal',
    ...(isCustomer ? { externalContactId: contactId } : userIdOf(participant)),
    messages: [renderCommunication(found, participant, messages)],
  }
}

function renderCommunication(found: Found, participant: Participant, messages: readonly GenesysMessageDetails[]): GenesysCommunication {
  const leg = legOf(found.conversation, participant)
  return {
    id: participant.id,
    initialState: 'connected',
    ...renderLeg(found, participant, leg),
    connectedTime: timeOf(participant.joinedAt),
    ...(leg.state === 'connected' ? {} : { disconnectedTime: timeOf(leg.endedAt) }),
    messages,
  }
}

function renderMessageParticipant(found: Found, participant: Participant, messages: readonly GenesysMessageDetails[]): GenesysMessageParticipant {
  const { contactId } = found.conversation
  const { externalId, name } = participant
  return {
    ...renderKnown(found, participant),
    ...renderLeg(found, participant, legOf(found.conversation, participant)),
    wrapupRequired: false,
    ...(participant.purpose === 'customer' ? { externalContact: { id: contactId, selfUri: `/api/v2/contacts/${contactId}` } } : {}),
    ...(participant.purpose === 'agent' && externalId !== undefined ? { user: { id: externalId, ...(name === undefined ? {} : { name }) } } : {}),
    messages,
  }
}

function renderKnown({ conversation, contact }: Found, participant: Participant) {
  const isCustomer = participant.purpose === 'customer'
  const leg = legOf(conversation, participant)
  const name = isCustomer ? contact?.name : participant.name
  return {
    id: participant.id,
    ...(name === undefined ? {} : { name }),
    purpose: participant.purpose,
    startTime: timeOf(participant.joinedAt),
    connectedTime: timeOf(participant.joinedAt),
    ...(leg.state === 'connected' ? {} : { endTime: timeOf(leg.endedAt) }),
    attributes: isCustomer ? attributesOf(conversation, contact) : {},
  }
}

function renderLeg({ conversation, contact }: Found, { purpose }: Participant, leg: Leg) {
  const { contactId, deploymentId } = conversation
  return {
    state: leg.state,
    direction: directionOf(conversation),
    held: false,
    provider: 'Beckon',
    type: 'webmessaging',
    ...(leg.state === 'connected' ? {} : { disconnectType: leg.disconnectType }),
    ...(purpose === 'customer' ? { fromAddress: renderAddress(contactId, contact?.name), toAddress: renderAddress(deploymentId) } : {}),
  } as const
}

function renderAddress(id: string, name?: string) {
  return { ...(name === undefined ? {} : { name }), addressNormalized: id, addressRaw: id }
}

function userIdOf({ purpose, externalId }: Participant): { readonly userId?: string } {
  return purpose === 'agent' && externalId !== undefined ? { userId: externalId } : {}
}

/** What the business says of its customer, and apart from it what the page says, which nobody has vouched for. */
export function attributesOf({ customAttributes = {} }: Conversation, contact: Contact | undefined): Readonly<Record<string, string>> {
  const said = Object.entries(customAttributes).map(([key, value]) => [`context.${key}`, value] as const)
  return { ...Object.fromEntries(said), ...contact?.attributes }
}
