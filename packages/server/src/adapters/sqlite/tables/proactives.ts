import { isUnderWay, wordlessMessage, type EntryId, type Page, type PageRequest, type PendingNeed, type ProactiveId, type ProactiveMessage } from '@beckon/core'
import { decodeCursor, encodeCursor } from '../../sql/cursor.ts'
import { page } from '../../sql/page.ts'
import { body, number, type Row } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'

export type Proactives = ReturnType<typeof createProactives>

export function createProactives(db: Connection) {
  const byId = db.prepare('SELECT body FROM proactive_messages WHERE id = ?')
  const byMessage = db.prepare('SELECT body FROM proactive_messages WHERE message_id = ?')
  const pending = createPending(db)
  const insert = db.prepare(`INSERT INTO proactive_messages (id, message_id, contact_key, is_proactive, supersede_key, conversation_id, seq, status, is_pending, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const update = db.prepare('UPDATE proactive_messages SET conversation_id = ?, seq = ?, status = ?, is_pending = ?, body = ? WHERE id = ?')
  const ofContact = db.prepare('SELECT body FROM proactive_messages WHERE contact_key = ?')
  const rewrite = db.prepare('UPDATE proactive_messages SET supersede_key = NULL, body = ? WHERE id = ?')
  const list = db.prepare(`SELECT key, body FROM proactive_messages WHERE is_proactive = 1 AND key < ?1
    AND (?2 IS NULL OR contact_key = ?2) AND (?3 IS NULL OR status = ?3) AND (?4 IS NULL OR conversation_id = ?4) ORDER BY key DESC LIMIT ?5`)
  const decode = (row: Row | undefined): ProactiveMessage | undefined => row && body<ProactiveMessage>(row)

  return {
    find: (id: ProactiveId) => decode(byId.get(id)),
    findByMessage: (id: EntryId) => decode(byMessage.get(id)),
    pending: (contactKey: number, need: PendingNeed): readonly ProactiveMessage[] => pending(contactKey, need).map((row) => body<ProactiveMessage>(row)),
    list({ size, cursor }: PageRequest, filter: { readonly contactKey?: number | undefined; readonly conversationId?: string | undefined; readonly status?: string | undefined }): Page<ProactiveMessage> {
      const before = decodeCursor(cursor, 1)?.[0] ?? Number.MAX_SAFE_INTEGER
      const rows = list.all(before, filter.contactKey ?? null, filter.status ?? null, filter.conversationId ?? null, size + 1)
      return page(rows, size, (row) => encodeCursor(number(row, 'key')), (row) => body<ProactiveMessage>(row))
    },
    erase(contactKey: number): void {
      for (const row of ofContact.all(contactKey)) {
        const message = wordlessMessage(body<ProactiveMessage>(row))
        rewrite.run(JSON.stringify(message), message.id)
      }
    },
    put(message: ProactiveMessage, contactKey: number): void {
      const written = [message.conversationId ?? null, message.seq ?? null, message.status, isUnderWay(message) ? 1 : 0, JSON.stringify(message)] as const
      // A message that is sent as it is accepted is at its second version when it is first written.
      const isNew = message.version <= 2 && byId.get(message.id) === undefined
      if (isNew) insert.run(message.id, message.messageId, contactKey, message.proactive ? 1 : 0, message.policy.supersedeKey ?? null, ...written)
      else update.run(...written, message.id)
    },
  }
}

/** Each need reads one range of one partial index, whatever else the contact has waiting. */
function createPending(db: Connection) {
  const select = 'SELECT body FROM proactive_messages WHERE is_pending = 1 AND contact_key = ?'
  const all = db.prepare(`${select} ORDER BY key`)
  const scheduled = db.prepare(`${select} AND status = 'scheduled' ORDER BY key`)
  const superseded = db.prepare(`${select} AND supersede_key = ? AND supersede_key IS NOT NULL AND status IN ('scheduled', 'sent') ORDER BY key`)
  const sent = db.prepare(`${select} AND status = 'sent' AND seq <= ? AND conversation_id = ? ORDER BY key`)
  const delivered = db.prepare(`${select} AND status = 'delivered' AND seq <= ? AND conversation_id = ? ORDER BY key`)
  return (contactKey: number, need: PendingNeed): readonly Row[] => {
    switch (need.kind) {
      case 'all': return all.all(contactKey)
      case 'scheduled': return scheduled.all(contactKey)
      case 'superseded': return superseded.all(contactKey, need.supersedeKey)
      case 'reached': return [
        ...scheduled.all(contactKey),
        ...(need.deliveredSeq > 0 ? sent.all(contactKey, need.deliveredSeq, need.conversationId) : []),
        ...(need.seenSeq > 0 ? delivered.all(contactKey, need.seenSeq, need.conversationId) : []),
      ]
    }
  }
}
