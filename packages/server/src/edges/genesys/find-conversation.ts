import { notFound, ok, refuse, toId, type Contact, type Conversation, type Participant, type Reader, type Result } from '@beckon/core'

/** A conversation with its person, who was not erased. */
export interface Found {
  readonly conversation: Conversation
  readonly contact: Contact | undefined
}

export async function findConversation(reader: Pick<Reader, 'conversation' | 'contact'>, id: string): Promise<Result<Found>> {
  const conversation = await reader.conversation(toId(id))
  if (!conversation) return notFound('conversation', id)
  const contact = await reader.contact(conversation.contactId)
  return contact?.erasedAt === undefined ? ok({ conversation, contact }) : refuse({ code: 'erased', noun: 'conversation' })
}

/** A participant by their own id, which is that of their leg as well. */
export async function findParticipant(
  reader: Pick<Reader, 'conversation' | 'contact'>,
  { conversationId, participantId }: { readonly conversationId: string; readonly participantId: string },
): Promise<Result<Found & { readonly participant: Participant }>> {
  const found = await findConversation(reader, conversationId)
  if (!found.ok) return found
  const participant = found.value.conversation.participants.find(({ id }) => id === participantId)
  return participant ? ok({ ...found.value, participant }) : notFound('participant', participantId)
}
