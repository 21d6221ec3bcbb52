import { reopenableUntil, type Contact, type Conversation as CoreConversation, type Deployment } from '@beckon/core'
import type { Conversation } from '@beckon/protocol'
import { entityTag } from '../../shared/operation/entity-tag.ts'
import { timeOf } from '../../shared/time-text.ts'
import { renderAuthor } from './author.ts'
import { renderParticipant } from './participant.ts'

/** What a conversation is shown with. */
export interface Surroundings {
  readonly contact: Contact | undefined
  readonly deployment: Deployment | undefined
  readonly connections: number
}

export function renderConversation(conversation: CoreConversation, around: Surroundings): Conversation {
  const { id, contactId, deploymentId, status, quiet, lastSeq, previousConversationId, customAttributes, lastText, guest, business } = conversation
  return {
    id, contactId, deploymentId, status, quiet,
    participants: conversation.participants.map(renderParticipant),
    lastSeq,
    createdAt: timeOf(conversation.createdAt),
    lastEntryAt: timeOf(conversation.lastEntryAt),
    ...(lastText === '' ? {} : { lastText }),
    ...renderClosing(conversation, around.deployment),
    ...(previousConversationId === undefined ? {} : { previousConversationId }),
    ...(customAttributes === undefined ? {} : { customAttributes }),
    ...(around.contact === undefined ? {} : { contact: around.contact.name === undefined ? {} : { name: around.contact.name } }),
    presence: { connections: around.connections },
    cursors: { guest, business },
  }
}

/** Everything the page shows counts: a guest who comes online changes it without changing the conversation. */
export function conversationTag({ version }: CoreConversation, { contact, deployment, connections }: Surroundings): string {
  return entityTag(version, contact?.version ?? 0, deployment?.version ?? 0, connections)
}

function renderClosing(conversation: CoreConversation, deployment: Deployment | undefined): Partial<Conversation> {
  if (conversation.status === 'open') return {}
  const { at, by, reason } = conversation.closed
  return {
    closedAt: timeOf(at),
    closedBy: renderAuthor(by),
    ...(reason === undefined ? {} : { closedReason: reason }),
    ...(deployment === undefined ? {} : { reopenableUntil: timeOf(reopenableUntil(conversation, deployment.reopenWithin)) }),
  }
}
