import type { Conversation, Page, PageRequest, ProactiveFilter, ProactiveMessage, Reader } from '@beckon/core'
import { decodeCursor, encodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body, number } from '../../sql/row.ts'
import { createConditions, ownRows, type Conditions } from './conditions.ts'
import { listConversations } from './list-conversations.ts'
import type { LookUpIn } from './look-up.ts'
import type { Query } from './query.ts'

type ThreadReader = Pick<Reader, 'conversation' | 'conversations' | 'latestConversation' | 'proactive' | 'proactiveByMessage' | 'proactives'>

/** Conversations, and the messages that were sent into them unasked. */
export function createThreadReader(query: Query, lookUpIn: LookUpIn): ThreadReader {
  return {
    conversation: lookUpIn<Conversation>('conversations'),
    conversations: (request, filter) => listConversations(query, request, filter),
    latestConversation: (contactId) =>
      query.one<Conversation>('latest_conversation', "SELECT body FROM conversations WHERE contact_id = $1 ORDER BY status = 'open' DESC, key DESC LIMIT 1", [contactId]),
    proactive: lookUpIn<ProactiveMessage>('proactive_messages'),
    proactiveByMessage: lookUpIn<ProactiveMessage>('proactive_messages', 'message_id'),
    proactives: (request, filter) => listProactives(query, request, filter),
  }
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

function nameOf(conditions: Conditions, list: string, contactId: string | undefined): string {
  return conditions.nameOf(contactId === undefined ? list : `${list}_of_contact`)
}
