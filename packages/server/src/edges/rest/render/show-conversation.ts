import type { Contact, Conversation, Presence, Reader } from '@beckon/core'
import { conversationTag, renderConversation, type Surroundings } from './conversation.ts'

export interface ShowDeps {
  readonly reader: Pick<Reader, 'contact' | 'deployment'>
  readonly presence: Presence
}

/** A conversation with everything its page shows beside it, and the tag of all that. */
export async function showConversation({ reader, presence }: ShowDeps, conversation: Conversation, known?: Contact) {
  const around: Surroundings = {
    contact: known ?? (await reader.contact(conversation.contactId)),
    deployment: conversation.status === 'closed' ? await reader.deployment(conversation.deploymentId) : undefined,
    connections: presence.connections(conversation.contactId),
  }
  return { body: renderConversation(conversation, around), etag: conversationTag(conversation, around) }
}
