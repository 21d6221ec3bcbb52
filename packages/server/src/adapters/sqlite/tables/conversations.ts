import type { Conversation, ConversationFilter, ConversationId, Page, PageRequest } from '@beckon/core'
import { decodeCursor, encodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body, number, text, type Row } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'
import { createRecent } from '../recent.ts'
import type { Kept } from './contacts.ts'

const columns = 'conversations.key, conversations.last_entry_at, conversations.body'

export type Conversations = ReturnType<typeof createConversations>

export function createConversations(db: Connection, capacity: number) {
  const recent = createRecent<ConversationId, Kept<Conversation>>(capacity)
  const latest = createRecent<number, ConversationId>(capacity)
  const byId = db.prepare(`SELECT ${columns} FROM conversations WHERE id = ?`)
  const latestId = db.prepare(`SELECT id FROM conversations WHERE contact_key = ? ORDER BY status = 'open' DESC, key DESC LIMIT 1`)
  const ofContact = db.prepare('SELECT id FROM conversations WHERE contact_key = ?')
  const insert = db.prepare('INSERT INTO conversations (id, contact_key, status, quiet, last_entry_at, last_text, body) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const update = db.prepare('UPDATE conversations SET status = ?, quiet = ?, last_entry_at = ?, last_text = ?, body = ? WHERE key = ?')

  const find = (id: ConversationId): Kept<Conversation> | undefined => {
    const known = recent.get(id)
    if (known) return known
    const row = byId.get(id)
    if (!row) return undefined
    const kept = { key: number(row, 'key'), value: body<Conversation>(row) }
    recent.set(id, kept)
    return kept
  }

  return {
    recent,
    latest,
    find,
    findLatest(contactKey: number): Kept<Conversation> | undefined {
      const known = latest.get(contactKey)
      if (known !== undefined) return find(known)
      const row = latestId.get(contactKey)
      if (!row) return undefined
      const id = text(row, 'id') as ConversationId
      latest.set(contactKey, id)
      return find(id)
    },
    allOf: (contactKey: number): readonly Kept<Conversation>[] => ofContact.all(contactKey).flatMap((row) => find(text(row, 'id') as ConversationId) ?? []),
    list: (request: PageRequest, filter: ConversationFilter & { readonly contactKey?: number }): Page<Conversation> => listConversations(db, request, filter),
    put(conversation: Conversation, contactKey: number): void {
      const { id, status, quiet, lastEntryAt, lastText } = conversation
      const known = find(id)
      const written = [status, quiet ? 1 : 0, lastEntryAt, lastText, JSON.stringify(conversation)] as const
      if (known) {
        update.run(...written, known.key)
        recent.set(id, { key: known.key, value: conversation })
        if (known.value.status !== status) latest.delete(contactKey)
        return
      }
      const { lastInsertRowid } = insert.run(id, contactKey, ...written)
      recent.set(id, { key: Number(lastInsertRowid), value: conversation })
      latest.delete(contactKey)
    },
  }
}

type Condition = readonly [sql: string, value: string | number]

/** Newest activity first. Each filter adds its condition only when asked for, so that the index on activity serves the plain list. */
function listConversations(db: Connection, { size, cursor }: PageRequest, filter: ConversationFilter & { readonly contactKey?: number }): Page<Conversation> {
  const conditions = [...conditionsOf(filter)]
  const [at, key] = decodeCursor(cursor, 2) ?? []
  const after = at === undefined || key === undefined ? [] : [at, at, key]
  const where = [...conditions.map(([sql]) => sql), ...(after.length > 0 ? ['(last_entry_at < ? OR (last_entry_at = ? AND conversations.key < ?))'] : [])]
  const join = filter.text === undefined ? '' : 'JOIN contacts ON contacts.key = conversations.contact_key'
  const sql = `SELECT ${columns} FROM conversations ${join} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
    ORDER BY last_entry_at DESC, conversations.key DESC LIMIT ?`
  const rows = db.prepare(sql).all(...conditions.map(([, value]) => value), ...after, size + 1)
  return page(rows, size, (row) => encodeCursor(number(row, 'last_entry_at'), number(row, 'key')), decode)
}

function* conditionsOf({ status, quiet, contactKey, deploymentId, text: sought }: ConversationFilter & { readonly contactKey?: number }): Generator<Condition> {
  if (status !== undefined) yield ['status = ?', status]
  if (quiet !== undefined) yield ['quiet = ?', quiet ? 1 : 0]
  if (contactKey !== undefined) yield ['contact_key = ?', contactKey]
  if (deploymentId !== undefined) yield ["conversations.body ->> '$.deploymentId' = ?", deploymentId]
  if (sought !== undefined) yield ["instr(contacts.search || char(10) || lower(last_text), ?) > 0", sought.toLowerCase()]
}

function decode(row: Row): Conversation {
  return body<Conversation>(row)
}
