import { isUnused, wordlessAttachment, type Attachment, type AttachmentId, type ContactId } from '@beckon/core'
import { body, number } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'

export type Attachments = ReturnType<typeof createAttachments>

export function createAttachments(db: Connection) {
  const byId = db.prepare('SELECT body FROM attachments WHERE id = ?')
  const all = db.prepare('SELECT key, body FROM attachments WHERE contact_key = ? ORDER BY key')
  const unused = db.prepare('SELECT body FROM attachments WHERE contact_key = ? AND is_unused = 1 ORDER BY key')
  const put = db.prepare(`INSERT INTO attachments (id, contact_key, is_unused, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET is_unused = excluded.is_unused, body = excluded.body`)
  const rewrite = db.prepare('UPDATE attachments SET contact_key = ?, is_unused = ?, body = ? WHERE key = ?')

  return {
    find(id: AttachmentId): Attachment | undefined {
      const row = byId.get(id)
      return row && body<Attachment>(row)
    },
    of: (contactKey: number, which: 'unused' | 'all'): readonly Attachment[] =>
      (which === 'all' ? all : unused).all(contactKey).map((row) => body<Attachment>(row)),
    put: (attachment: Attachment, contactKey: number) => put.run(attachment.id, contactKey, isUnused(attachment) ? 1 : 0, JSON.stringify(attachment)),
    /** Leaves ids, times and states. */
    erase(contactKey: number): void {
      for (const row of all.all(contactKey)) rewrite.run(contactKey, 0, JSON.stringify(wordlessAttachment(body<Attachment>(row))), number(row, 'key'))
    },
    /** What was one contact's becomes another's. */
    move(fromKey: number, into: { readonly key: number; readonly id: ContactId }): void {
      for (const row of all.all(fromKey)) {
        const attachment = { ...body<Attachment>(row), contactId: into.id }
        rewrite.run(into.key, isUnused(attachment) ? 1 : 0, JSON.stringify(attachment), number(row, 'key'))
      }
    },
  }
}
