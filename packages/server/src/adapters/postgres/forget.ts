import type { Instant } from '@beckon/core'
import type { Pool } from 'pg'
import { readRows } from './connect.ts'

const forgottenAtATime = 200

/** What has run out is of use to nobody; a few at a time, so that nobody waits long for it, and each on its own, so that no node keeps another from its. */
const forgotten: readonly (readonly [name: string, text: string])[] = [
  ['forget answers', expired('answers', 'key')],
  ['forget access tokens', expired('access_tokens', 'hash')],
  ['forget agent sessions', expired('agent_sessions', 'hash')],
  // Whoever asks what came of a batch does so within seconds.
  ['forget commits', `DELETE FROM commits WHERE id = ANY(ARRAY(SELECT id FROM commits WHERE at < now() - interval '1 hour' AND $1::bigint > 0
    ORDER BY at LIMIT ${String(forgottenAtATime * 100)} FOR UPDATE SKIP LOCKED))`],
  ['forget sign-ins', `WITH gone AS MATERIALIZED (SELECT id FROM sign_ins WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${String(forgottenAtATime)} FOR UPDATE SKIP LOCKED),
    named AS (DELETE FROM refresh_tokens WHERE sign_in_id = ANY(ARRAY(SELECT id FROM gone)))
    DELETE FROM sign_ins WHERE id = ANY(ARRAY(SELECT id FROM gone))`],
]

/** Rejects with `StoreUnavailable`. */
export async function forgetExpired(writes: Pool, now: Instant): Promise<void> {
  for (const [name, text] of forgotten) await readRows(writes, { name, text, values: [now] })
}

function expired(table: string, key: string): string {
  return `DELETE FROM ${table} WHERE ${key} = ANY(ARRAY(SELECT ${key} FROM ${table} WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${String(forgottenAtATime)} FOR UPDATE SKIP LOCKED))`
}
