import type { DeploymentId, Session, SessionId } from '@beckon/core'
import { body, text, type Row } from '../../sql/row.ts'
import type { Connection } from '../connection.ts'
import { createRecent } from '../recent.ts'

export type Sessions = ReturnType<typeof createSessions>

export function createSessions(db: Connection, capacity: number) {
  const recent = createRecent<SessionId, Session>(capacity)
  const latest = createRecent<number, SessionId>(capacity)
  const byId = db.prepare('SELECT body FROM sessions WHERE id = ?')
  const byToken = db.prepare('SELECT id FROM sessions WHERE deployment_id = ? AND token_hash = ? ORDER BY key DESC LIMIT 1')
  const byFolded = db.prepare('SELECT id FROM sessions WHERE deployment_id = ? AND folded_token_hash = ? ORDER BY key DESC LIMIT 1')
  const latestId = db.prepare('SELECT id FROM sessions WHERE contact_key = ? ORDER BY key DESC LIMIT 1')
  const openOf = db.prepare('SELECT body FROM sessions WHERE contact_key = ? AND has_ended = 0')
  const insert = db.prepare('INSERT INTO sessions (id, contact_key, deployment_id, token_hash, folded_token_hash, has_ended, body) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const update = db.prepare('UPDATE sessions SET has_ended = ?, body = ? WHERE id = ?')

  const find = (id: SessionId): Session | undefined => {
    const known = recent.get(id)
    if (known) return known
    const row = byId.get(id)
    if (!row) return undefined
    const session = body<Session>(row)
    recent.set(id, session)
    return session
  }
  const named = (row: Row | undefined): Session | undefined => row && find(text(row, 'id') as SessionId)

  return {
    recent,
    latest,
    find,
    findByToken: (deploymentId: DeploymentId, hash: string): Session | undefined => named(byToken.get(deploymentId, hash) ?? byFolded.get(deploymentId, hash)),
    findLatest(contactKey: number): Session | undefined {
      const known = latest.get(contactKey)
      if (known !== undefined) return find(known)
      const session = named(latestId.get(contactKey))
      if (session) latest.set(contactKey, session.id)
      return session
    },
    openOf: (contactKey: number): readonly Session[] => openOf.all(contactKey).map((row) => body<Session>(row)),
    put(session: Session, contactKey: number): void {
      const hasEnded = session.ended ? 1 : 0
      const written = JSON.stringify(session)
      const known = Number(update.run(hasEnded, written, session.id).changes) > 0
      if (!known) {
        insert.run(session.id, contactKey, session.deploymentId, session.tokenHash, session.foldedTokenHash ?? null, hasEnded, written)
        latest.set(contactKey, session.id)
      }
      recent.set(session.id, session)
    },
  }
}
