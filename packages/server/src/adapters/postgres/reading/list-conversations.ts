import type { Conversation, ConversationFilter, ConversationPage, PageRequest } from '@beckon/core'
import { decodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body } from '../../sql/row.ts'
import { cursorOf, isSought, mostLookedAt, soughtPage } from '../../sql/sought-page.ts'
import { createConditions, ownRows, patternOf, type Conditions } from './conditions.ts'
import type { Query } from './query.ts'

/** Newest activity first. */
export async function listConversations(query: Query, { size, cursor }: PageRequest, filter: ConversationFilter): Promise<ConversationPage> {
  const conditions = createConditions()
  const from = ownRows(conditions, 'conversations', filter.contactId)
  const [at, key] = decodeCursor(cursor, 2) ?? []
  if (at !== undefined && key !== undefined) conditions.add('after', `(last_entry_at, key) < (${conditions.place(at)}, ?)`, key)
  const list = isSought(filter) ? 'sought' : 'conversations'
  const asked = { from, conditions, size, name: filter.contactId === undefined ? list : `${list}_of_contact` }
  return isSought(filter) ? seekConversations(query, asked, filter) : walkConversations(query, asked, filter)
}

interface Walk {
  readonly from: string
  readonly conditions: Conditions
  readonly size: number
  readonly name: string
}

async function walkConversations(query: Query, { from, conditions, size, name }: Walk, filter: ConversationFilter): Promise<ConversationPage> {
  addState(conditions, filter)
  const sql = `SELECT key, last_entry_at, body FROM ${from} ${conditions.where()} ${newestFirst} LIMIT ${conditions.place(size + 1)}`
  const rows = await query.rows(conditions.nameOf(name), sql, conditions.values)
  return page(rows, size, cursorOf, (row) => body<Conversation>(row))
}

/**
 * Walks along an index over so many rows and no further, and picks from these; where that does not fill the page, the last of them is
 * answered too, from the same snapshot: a row that moves between two statements would be passed over. Only conditions that have an index
 * of their own narrow the walk, since a row that is walked past costs as much as one that is looked at. The contact is looked up
 * row by row, and only where the text was no match: a join might be planned as a pass over all contacts.
 */
async function seekConversations(query: Query, { from, conditions: walked, size, name }: Walk, filter: ConversationFilter): Promise<ConversationPage> {
  const { status, quiet, deploymentId, text } = filter
  const picked = createConditions(walked)
  if (quiet === true) addState(walked, { quiet })
  else if (status === 'open') addState(walked, { status })
  addState(picked, filter)
  if (deploymentId !== undefined) picked.add('deployment', "body ->> 'deploymentId' = ?", deploymentId)
  if (text !== undefined) picked.add('text', "(lower(body ->> 'lastText') LIKE ? OR (SELECT search FROM contacts WHERE id = contact_id) LIKE ?)", patternOf(text))
  const rows = `FROM ${from} ${walked.where()} ${newestFirst}`
  const sql = `SELECT key, last_entry_at, body, false AS is_end FROM (SELECT * ${rows} LIMIT ${String(mostLookedAt)}) AS walked ${picked.where()}
    UNION ALL (SELECT key, last_entry_at, NULL, true ${rows} OFFSET ${String(mostLookedAt - 1)} LIMIT 1) LIMIT ${walked.place(size + 1)}`
  return soughtPage(await query.rows(picked.nameOf(walked.nameOf(name)), sql, walked.values), size)
}

const newestFirst = 'ORDER BY last_entry_at DESC, key DESC'

/** Written out, because a plan for any value cannot use the index of one. */
function addState(conditions: Conditions, { status, quiet }: ConversationFilter): void {
  if (status !== undefined) conditions.add(status, status === 'open' ? "status = 'open'" : "status = 'closed'", undefined)
  if (quiet !== undefined) conditions.add(quiet ? 'quiet' : 'loud', quiet ? 'quiet' : 'NOT quiet', undefined)
}
