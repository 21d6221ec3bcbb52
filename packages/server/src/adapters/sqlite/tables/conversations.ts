import type { Conversation, ConversationId } from '@beckon/core'
import { body, number, text } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'
import { createRecent } from '../recent.ts'
import type { Kept } from './contacts.ts'
import { createConversationList } from './list-conversations.ts'

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
    list: createConversationList(db),
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
