import type { ContactId, ConversationId, ParticipantId, SessionId } from '../domain/ids.ts'
import { notFound, ok, type Result } from '../domain/result.ts'
import type { Reader } from '../ports/reader.ts'

/** Any id that leads to a person. Addresses may be years old; none of them grants anything. */
export type Address =
  | { readonly contactId: ContactId }
  | { readonly externalId: string }
  | { readonly sessionId: SessionId }
  | { readonly conversationId: ConversationId; readonly participantId?: ParticipantId }

export interface Addressed {
  readonly contactId: ContactId
}

/**
 * Where an address leads changes only when somebody proves to be another contact: who looks it up before a transaction has
 * to see in there whether that has just happened.
 */
export async function resolveAddress(store: Reader, address: Address): Promise<Result<Addressed>> {
  const found = await lookUp(store, address)
  return found.ok ? ok({ contactId: await followMerge(store, found.value.contactId) }) : found
}

/** Whoever this contact has become. */
export async function followMerge(store: Pick<Reader, 'contact'>, contactId: ContactId): Promise<ContactId> {
  const into = (await store.contact(contactId))?.mergedInto
  return into === undefined ? contactId : followMerge(store, into)
}

async function lookUp(store: Reader, address: Address): Promise<Result<Addressed>> {
  if ('contactId' in address) return ok({ contactId: address.contactId })
  if ('externalId' in address) {
    const contact = await store.contactByExternalId(address.externalId)
    return contact ? ok({ contactId: contact.id }) : notFound('contact', address.externalId)
  }
  if ('sessionId' in address) {
    const session = await store.session(address.sessionId)
    return session ? ok({ contactId: session.contactId }) : notFound('session', address.sessionId)
  }
  return resolveConversation(store, address.conversationId, address.participantId)
}

async function resolveConversation(store: Reader, id: ConversationId, participantId?: ParticipantId): Promise<Result<Addressed>> {
  const conversation = await store.conversation(id)
  if (!conversation) return notFound('conversation', id)
  if (participantId !== undefined && !conversation.participants.some((one) => one.id === participantId)) {
    return notFound('participant', participantId)
  }
  return ok({ contactId: conversation.contactId })
}
