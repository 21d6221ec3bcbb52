import { days, minutes, plus, toId, type Change, type Instant } from '@beckon/core'
import { newYear } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { startPostgres } from '../../testing/services/postgres-cluster.ts'
import { openSession } from '../../testing/services/postgres-session.ts'
import { connect } from './connect.ts'
import { forgetExpired } from './forget.ts'
import { encode, type Write } from './writes/encode.ts'
import { planWrites } from './writes/plan-writes.ts'

test('what has run out is forgotten, with the refresh tokens of a sign-in, and the rest stays', async () => {
  await using cluster = await startPostgres()
  const url = await cluster.createDatabase()
  await using connections = connect({ url })
  const now = newYear
  await using admin = await openSession(url)
  const write = async (batchId: string, changes: readonly Change[]): Promise<void> => {
    const { opening, steps } = planWrites(batchId, changes.flatMap((change): readonly Write[] => encode(change, undefined)))
    for (const step of [opening, ...steps]) if ('text' in step) await admin.query(step.text, [...step.values])
  }
  await write('00000000-0000-7000-8000-000000000001', lasting('old', now))
  await admin.query("UPDATE commits SET at = now() - interval '2 hours'")
  await write('00000000-0000-7000-8000-000000000002', lasting('new', plus(now, minutes(1))))

  await forgetExpired(connections.writes, now)

  const left: unknown[] = []
  for (const table of ['answers', 'access_tokens', 'agent_sessions', 'sign_ins', 'refresh_tokens', 'commits']) {
    const { rows } = await admin.query<Record<string, unknown>>(`SELECT * FROM ${table}`)
    left.push(rows.map((row) => row['key'] ?? row['hash'] ?? row['id']))
  }
  expect(left).toEqual([['new'], ['new'], ['new'], ['new'], ['new'], ['00000000-0000-7000-8000-000000000002']])
}, 30_000)

/** One of each that lasts until then. */
function lasting(name: string, expiresAt: Instant): readonly Change[] {
  const created = { createdAt: newYear, version: 1 }
  return [
    { kind: 'put-answer', answer: { key: name, fingerprint: 'f', value: null, expiresAt } },
    { kind: 'put-token', token: { hash: name, clientId: toId('client-1'), scopes: [], issuedAt: newYear, expiresAt } },
    { kind: 'put-agent-session', session: { hash: name, agentId: toId('agent-1'), expiresAt } },
    {
      kind: 'put-sign-in',
      signIn: { ...created, id: toId(name), deploymentId: toId('deployment-1'), identity: { issuer: 'https://id.example', subject: name }, claims: {}, expiresAt, refresh: { current: name, successors: [] } },
    },
    { kind: 'put-timer', timer: { id: name, dueAt: plus(newYear, days(1)), job: { kind: 'expire-session', contactId: toId('contact-1'), sessionId: toId('session-1') } } },
  ]
}
