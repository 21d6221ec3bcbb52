import type { Answer, ContactId, Instant } from '@beckon/core'
import { number, text } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'

export type Answers = ReturnType<typeof createAnswers>

const forgottenAtATime = 200

export function createAnswers(db: Connection) {
  const byKey = db.prepare('SELECT key, fingerprint, value, expires_at FROM answers WHERE key = ? AND expires_at > ?')
  const put = db.prepare(`INSERT INTO answers (key, fingerprint, value, contact_key, expires_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint, value = excluded.value, contact_key = excluded.contact_key, expires_at = excluded.expires_at`)
  const erase = db.prepare('DELETE FROM answers WHERE contact_key = ? OR instr(value, ?) > 0')
  const forget = db.prepare('DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers WHERE expires_at <= ? LIMIT ?)')

  return {
    find(key: string, now: Instant): Answer | undefined {
      const row = byKey.get(key, now)
      if (!row) return undefined
      return { key, fingerprint: text(row, 'fingerprint'), value: JSON.parse(text(row, 'value')) as unknown, expiresAt: number(row, 'expires_at') as Instant }
    },
    put: ({ key, fingerprint, value, expiresAt }: Answer, contactKey: number | undefined) =>
      put.run(key, fingerprint, JSON.stringify(value), contactKey ?? null, expiresAt),
    erase: (contactKey: number, contactId: ContactId) => erase.run(contactKey, contactId),
    forgetExpired: (now: Instant) => forget.run(now, forgottenAtATime),
  }
}
