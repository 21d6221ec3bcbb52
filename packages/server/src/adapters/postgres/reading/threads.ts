import type { Conversation, ConversationFilter, Page, PageRequest, ProactiveFilter, ProactiveMessage, Reader } from '@beckon/core'
import { decodeCursor, encodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body, number } from '../../sql/row.ts'
import { createConditions, patternOf, type Conditions } from './conditions.ts'
import type { Query } from './query.ts'

type ThreadReader = Pick<Reader, 'conversation' | 'conversations' | 'latestConversation' | 'proactive' | 'proactiveByMessage' | 'proactives'>

/** Conversations, and the messages that were sent into them unasked. */
export function createThreadReader(query: Query): ThreadReader {
  return {
    conversation: (id) => query.one<Conversation>('conversation', 'SELECT body FROM conversations WHERE id = $1', [id]),
    conversations: (request, filter) => listConversations(query, request, filter),
    latestConversation: (contactId) =>
      query.one<Conversation>('latest_conversation', "SELECT body FROM conversations WHERE contact_id = $1 ORDER BY status = 'open' DESC, key DESC LIMIT 1", [contactId]),
    proactive: (id) => query.one<ProactiveMessage>('proactive', 'SELECT body FROM proactive_messages WHERE id = $1', [id]),
    proactiveByMessage: (messageId) => query.one<ProactiveMessage>('proactive_by_message', 'SELECT body FROM proactive_messages WHERE message_id = $1', [messageId]),
    proactives: (request, filter) => listProactives(query, request, filter),
  }
}

/** Newest activity first. */
async function listConversations(query: Query, { size, cursor }: PageRequest, filter: ConversationFilter): Promise<Page<Conversation>> {
  const conditions = createConditions()
  const from = ownRows(conditions, 'conversations', filter.contactId)
  const [at, key] = decodeCursor(cursor, 2) ?? []
  if (at !== undefined && key !== undefined) conditions.add('after', `(last_entry_at, conversations.key) < (${conditions.place(at)}, ?)`, key)
  // Written out, because a plan for any value cannot use the index of one.
  if (filter.status !== undefined) conditions.add(filter.status, filter.status === 'open' ? "status = 'open'" : "status = 'closed'", undefined)
  if (filter.quiet !== undefined) conditions.add(filter.quiet ? 'quiet' : 'loud', filter.quiet ? 'quiet' : 'NOT quiet', undefined)
  if (filter.deploymentId !== undefined) conditions.add('deployment', "conversations.body ->> 'deploymentId' = ?", filter.deploymentId)
  if (filter.text !== undefined) conditions.add('text', "(contacts.search LIKE ? OR lower(conversations.body ->> 'lastText') LIKE ?)", patternOf(filter.text))
  const join = filter.text === undefined ? '' : 'JOIN contacts ON contacts.id = conversations.contact_id'
  const sql = `SELECT conversations.key, last_entry_at, conversations.body FROM ${from} ${join} ${conditions.where()}
    ORDER BY last_entry_at DESC, conversations.key DESC LIMIT ${conditions.place(size + 1)}`
  const rows = await query.rows(nameOf(conditions, 'conversations', filter.contactId), sql, conditions.values)
  return page(rows, size, (row) => encodeCursor(number(row, 'last_entry_at'), number(row, 'key')), (row) => body<Conversation>(row))
}

/** Newest first; by contact also where only the conversation is named, for which there is no index. */
async function listProactives(query: Query, { size, cursor }: PageRequest, { contactId, conversationId, status }: ProactiveFilter): Promise<Page<ProactiveMessage>> {
  const conditions = createConditions()
  const from = ownRows(conditions, 'proactive_messages', contactId)
  const [before] = decodeCursor(cursor, 1) ?? []
  if (before !== undefined) conditions.add('after', 'key < ?', before)
  if (status !== undefined) conditions.add('status', 'status = ?', status)
  if (conversationId !== undefined) {
    conditions.add('conversation', 'conversation_id = ? AND contact_id = (SELECT contact_id FROM conversations WHERE id = ?)', conversationId)
  }
  conditions.add('proactive', 'is_proactive', undefined)
  const sql = `SELECT key, body FROM ${from} ${conditions.where()} ORDER BY key DESC LIMIT ${conditions.place(size + 1)}`
  const rows = await query.rows(nameOf(conditions, 'proactives', contactId), sql, conditions.values)
  return page(rows, size, (row) => encodeCursor(number(row, 'key')), (row) => body<ProactiveMessage>(row))
}

/** One contact's rows are few: they are taken first and sorted then, rather than looked for along the order of the whole table. */
function ownRows(conditions: Conditions, table: string, contactId: string | undefined): string {
  return contactId === undefined ? table : `(SELECT * FROM ${table} WHERE contact_id = ${conditions.place(contactId)} OFFSET 0) AS ${table}`
}

function nameOf(conditions: Conditions, list: string, contactId: string | undefined): string {
  return conditions.nameOf(contactId === undefined ? list : `${list}_of_contact`)
}
