import type { Conversation, ConversationFilter, ConversationPage, PageRequest } from '@beckon/core'
import { decodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body } from '../../sql/row.ts'
import { cursorOf, isSought, mostLookedAt, soughtPage } from '../../sql/sought-page.ts'
import type { Connection } from '../connection.ts'

export interface ConversationsWanted extends ConversationFilter {
  readonly contactKey?: number
}

type ConversationList = (request: PageRequest, wanted: ConversationsWanted) => ConversationPage

/** Newest activity first. Each filter adds its condition only when asked for, so that the index on activity serves the plain list. */
export function createConversationList(db: Connection): ConversationList {
  return ({ size, cursor }, wanted) => {
    const place = [...placed(cursor), ...owned(wanted)]
    const state = [...inState(wanted)]
    if (!isSought(wanted)) return walkConversations(db, size, conditions([...place, ...state]))
    return seekConversations(db, { size, walked: conditions(place), picked: conditions([...state, ...about(wanted)]) })
  }
}

function walkConversations(db: Connection, size: number, walked: Conditions): ConversationPage {
  const rows = db.prepare(`SELECT key, last_entry_at, body FROM conversations ${walked.where} ${newestFirst} LIMIT ?`).all(...walked.values, size + 1)
  return page(rows, size, cursorOf, (row) => body<Conversation>(row))
}

/** Walks along the index over so many rows and no further, and picks from these; where that does not fill the page, the last of them is answered too. */
function seekConversations(db: Connection, { size, walked, picked }: { readonly size: number; readonly walked: Conditions; readonly picked: Conditions }): ConversationPage {
  const rows = `FROM conversations ${walked.where} ${newestFirst}`
  const sql = `SELECT key, last_entry_at, body, 0 AS is_end FROM (SELECT * ${rows} LIMIT ${String(mostLookedAt)}) AS looked_at ${picked.where}
    UNION ALL SELECT * FROM (SELECT key, last_entry_at, NULL, 1 ${rows} LIMIT 1 OFFSET ${String(mostLookedAt - 1)}) LIMIT ?`
  return soughtPage(db.prepare(sql).all(...walked.values, ...picked.values, ...walked.values, size + 1), size)
}

const newestFirst = 'ORDER BY last_entry_at DESC, key DESC'

type Condition = readonly [sql: string, ...values: readonly (string | number)[]]

interface Conditions {
  /** `WHERE …`, or nothing. */
  readonly where: string
  readonly values: readonly (string | number)[]
}

function conditions(all: readonly Condition[]): Conditions {
  return { where: all.length === 0 ? '' : `WHERE ${all.map(([sql]) => sql).join(' AND ')}`, values: all.flatMap(([, ...values]) => values) }
}

/** As a row, for which the engine uses the index; of two conditions joined by OR it would walk past all that came before. */
function* placed(cursor: string | undefined): Generator<Condition> {
  const [at, key] = decodeCursor(cursor, 2) ?? []
  if (at !== undefined && key !== undefined) yield ['(last_entry_at, key) < (?, ?)', at, key]
}

function* owned({ contactKey }: ConversationsWanted): Generator<Condition> {
  if (contactKey !== undefined) yield ['contact_key = ?', contactKey]
}

function* inState({ status, quiet }: ConversationsWanted): Generator<Condition> {
  if (status !== undefined) yield ['status = ?', status]
  if (quiet !== undefined) yield ['quiet = ?', quiet ? 1 : 0]
}

function* about({ deploymentId, text }: ConversationsWanted): Generator<Condition> {
  if (deploymentId !== undefined) yield ["body ->> '$.deploymentId' = ?", deploymentId]
  if (text !== undefined) yield ['(instr(lower(last_text), ?) > 0 OR instr((SELECT search FROM contacts WHERE contacts.key = contact_key), ?) > 0)', text.toLowerCase(), text.toLowerCase()]
}
