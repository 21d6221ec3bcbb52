import { ok, refuse, toId, type Contact, type Conversation, type Noun, type Reader, type Result } from '@beckon/core'
import type { Refused } from '../../shared/operation/operation-call.ts'

/** A person who is known and was not erased. */
export async function findContact(reader: Reader, id: string): Promise<Result<Contact>> {
  const contact = await reader.contact(toId(id))
  if (!contact) return unknown('contact', id)
  return contact.erasedAt === undefined ? ok(contact) : refuse({ code: 'erased', noun: 'contact' })
}

/** A conversation with its person, who was not erased. */
export async function findConversation(reader: Reader, id: string): Promise<Result<{ readonly conversation: Conversation; readonly contact: Contact | undefined }>> {
  const conversation = await reader.conversation(toId(id))
  if (!conversation) return unknown('conversation', id)
  const contact = await reader.contact(conversation.contactId)
  return contact?.erasedAt === undefined ? ok({ conversation, contact }) : refuse({ code: 'erased', noun: 'conversation' })
}

export function unknown(noun: Noun, id: string): Refused {
  return refuse({ code: 'not_found', noun, id })
}
