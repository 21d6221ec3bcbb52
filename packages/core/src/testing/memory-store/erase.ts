import { wordlessAttachment } from '../../domain/attachment/attachment.ts'
import { wordlessConversation, wordlessEntry, wordlessMessage } from '../../domain/contact/wordless.ts'
import type { Conversation } from '../../domain/conversation/conversation.ts'
import type { ContactId } from '../../domain/ids.ts'
import { owned } from './find.ts'
import { forgetIdentity } from './identity.ts'
import { entryKey, type Tables } from './tables.ts'

/** Takes every word out of what the contact, its guests and its callers wrote; ids and order stay. */
export function erase(tables: Tables, contactId: ContactId): void {
  for (const conversation of owned(tables, tables.conversations, 'conversations', contactId)) {
    tables.conversations.put(conversation.id, wordlessConversation(conversation))
    eraseLog(tables, conversation)
  }
  for (const message of owned(tables, tables.proactives, 'proactives', contactId)) {
    tables.proactives.put(message.id, wordlessMessage(message))
  }
  for (const attachment of owned(tables, tables.attachments, 'attachments', contactId)) {
    tables.attachments.put(attachment.id, wordlessAttachment(attachment))
  }
  forgetIdentity(tables, contactId)
  for (const { value: event } of tables.events.rows()) {
    if (event.contactId !== contactId) continue
    const { data: _, ...kept } = event
    tables.events.put(String(event.position), kept)
  }
  for (const { value } of tables.answers.rows()) {
    if (value.about === contactId || JSON.stringify(value.answer.value).includes(contactId)) tables.answers.delete(value.answer.key)
  }
}

function eraseLog(tables: Tables, { id, contactId, lastSeq }: Conversation): void {
  for (let seq = 1; seq <= lastSeq; seq += 1) {
    const entry = tables.entries.get(entryKey(id, seq))
    if (!entry) continue
    if (entry.kind === 'message' && entry.clientId !== undefined) tables.byKey.delete(`client ${contactId} ${entry.clientId}`)
    tables.entries.put(entryKey(id, seq), wordlessEntry(entry))
  }
}
