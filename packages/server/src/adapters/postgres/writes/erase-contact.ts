import { identityKey, must, wordlessAttachment, wordlessConversation, wordlessEntry, wordlessMessage, type Attachment, type Contact, type ContactId, type Conversation, type ConversationId, type ProactiveMessage } from '@beckon/core'
import { decodeEntry, entryBody } from '../../sql/entry-body.ts'
import { body, number, text, type Row } from '../../sql/row.ts'
import { jsonText } from '../json-text.ts'
import type { Ask } from './encode.ts'
import { deletePushDevices, deleteSignIns, statement } from './rare.ts'

const erasedAtATime = 500

/** Removes what the contact, its guests and its callers wrote, and every trace in the feed; ids and order stay. */
export async function eraseContact(ask: Ask, contactId: ContactId): Promise<void> {
  const [contacts = [], conversations = [], messages = [], attachments = []] = await ask([
    statement('erase: contact', 'SELECT body FROM contacts WHERE id = $1', contactId),
    ...['conversations', 'proactive_messages', 'attachments'].map((table) => statement(`erase: ${table}`, `SELECT id, body FROM ${table} WHERE contact_id = $1`, contactId)),
  ])
  const threads = conversations.map((row) => body<Conversation>(row))
  for (const { id } of threads) await eraseLog(ask, { contactId, conversationId: id })
  const { identity, deploymentId } = body<Contact>(must(contacts[0], 'an erased contact was known'))
  await ask([
    rewrite('conversations', '', threads, wordlessConversation),
    rewrite('proactive_messages', ', supersede_key = NULL', messages.map((row) => body<ProactiveMessage>(row)), wordlessMessage),
    rewrite('attachments', ', is_unused = false', attachments.map((row) => body<Attachment>(row)), wordlessAttachment),
    deletePushDevices(contactId),
    ...(identity ? [deleteSignIns(identityKey(deploymentId, identity))] : []),
    // Places that this transaction has just taken hold what came after the erasure.
    statement('erase events', 'UPDATE events SET data = NULL WHERE contact_id = $1 AND data IS NOT NULL AND writer <> pg_current_xact_id()', contactId),
    statement('erase events of conversations', `UPDATE events SET data = NULL
      WHERE conversation_id = ANY($1::text[]) AND conversation_id IS NOT NULL AND data IS NOT NULL AND writer <> pg_current_xact_id()`, threads.map(({ id }) => id)),
    statement('erase answers', 'DELETE FROM answers WHERE contact_id = $1', contactId),
    statement('erase answers that name them', 'DELETE FROM answers WHERE contact_id IS NULL AND strpos(value::text, $1) > 0', contactId),
  ])
}

/** Takes the words out of a whole log, part by part, so that a long one does not fill the memory. */
async function eraseLog(ask: Ask, ids: { readonly contactId: ContactId; readonly conversationId: ConversationId }): Promise<void> {
  for (let after = 0; ; ) {
    const [rows = []] = await ask([
      statement('erase: entries', `SELECT seq, id, at, client_id, withdrawn, body FROM entries WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT ${String(erasedAtATime)}`, ids.conversationId, after),
    ])
    const last = rows.at(-1)
    if (last) {
      after = number(last, 'seq')
      await ask([eraseEntries(rows, ids)])
    }
    if (rows.length < erasedAtATime) return
  }
}

function eraseEntries(rows: readonly Row[], ids: { readonly contactId: ContactId; readonly conversationId: ConversationId }) {
  const bodies = rows.map((row) => jsonText(entryBody(wordlessEntry(decodeEntry(row, { ...ids, seq: number(row, 'seq') })))))
  return statement('erase entries', `UPDATE entries SET client_id = NULL, body = wordless.body FROM unnest($2::text[], $3::json[]) AS wordless (id, body)
    WHERE entries.id = wordless.id AND entries.conversation_id = $1`, ids.conversationId, rows.map((row) => text(row, 'id')), bodies)
}

function rewrite<T extends { readonly id: string }>(table: string, more: string, values: readonly T[], wordless: (value: T) => T) {
  return statement(`erase ${table}`, `UPDATE ${table} SET body = wordless.body${more} FROM unnest($1::text[], $2::json[]) AS wordless (id, body) WHERE ${table}.id = wordless.id`,
    values.map(({ id }) => id), values.map((value) => jsonText(wordless(value))))
}
