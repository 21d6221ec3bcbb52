import type { ContactId } from '@beckon/core'
import type { Connection } from './connection.ts'
import type { Tables } from './tables.ts'

interface Owner {
  readonly key: number
  readonly id: ContactId
}

/** The place of a conversation's first entry, and of the next conversation's (docs/adr/0011-table-layout-and-thread.md). */
const placesEach = 2 ** 22

export type MergeContacts = (tables: Tables, from: Owner, into: Owner) => void

/** Makes everything of one contact another's: rows go over as they are, in sets, so that a long history costs no more than it must. */
export function createMergeContacts(db: Connection): MergeContacts {
  const owned = (table: 'conversations' | 'proactive_messages') =>
    db.prepare(`UPDATE ${table} SET contact_key = ?2, body = json_set(body, '$.contactId', ?3) WHERE contact_key = ?1`)
  const [conversations, messages] = [owned('conversations'), owned('proactive_messages')]
  const nameless = db.prepare(`UPDATE entries SET client_id = NULL WHERE place > ?1 AND place < ?2
    AND client_id IN (SELECT client_id FROM entries WHERE contact_key = ?3 AND client_id IS NOT NULL)`)
  const entries = db.prepare('UPDATE entries SET contact_key = ?3 WHERE place > ?1 AND place < ?2')
  const timers = db.prepare(`UPDATE timers SET job = json_set(job, '$.contactId', ?2) WHERE id IN (
    SELECT 'send:' || id FROM proactive_messages WHERE contact_key = ?1 UNION ALL
    SELECT 'expire-message:' || id FROM proactive_messages WHERE contact_key = ?1 UNION ALL
    SELECT 'expire-attachment:' || id FROM attachments WHERE contact_key = ?1 UNION ALL
    SELECT 'close-idle:' || id FROM conversations WHERE contact_key = ?1)`)
  const events = db.prepare('UPDATE events SET contact_key = ?2 WHERE contact_key = ?1')
  const answers = db.prepare('UPDATE answers SET contact_key = ?2 WHERE contact_key = ?1')
  return (tables, from, into) => {
    const threads = tables.conversations.allOf(from.key)
    for (const { key } of threads) {
      const [first, end] = [key * placesEach, (key + 1) * placesEach]
      nameless.run(first, end, into.key)
      entries.run(first, end, into.key)
    }
    timers.run(from.key, into.id)
    conversations.run(from.key, into.key, into.id)
    messages.run(from.key, into.key, into.id)
    events.run(from.key, into.key)
    answers.run(from.key, into.key)
    tables.attachments.move(from.key, into)
    tables.identities.pushDevices.dropOf(from.key)
    for (const { value } of threads) tables.conversations.recent.delete(value.id)
    for (const { key } of [from, into]) tables.conversations.latest.delete(key)
  }
}
