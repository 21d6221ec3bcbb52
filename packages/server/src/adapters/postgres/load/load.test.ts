import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../../testing/services/postgres-cluster.ts'
import { connect } from '../connect.ts'
import { loads } from './load.ts'

let cluster: PostgresCluster
beforeAll(async () => {
  cluster = await startPostgres()
}, 30_000)
afterAll(() => cluster[Symbol.asyncDispose](), 30_000)

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Plan[]
}

test('everything that a decision needs is looked up by the condition of an index, even where a table was empty when the statement was planned', async () => {
  await using connections = connect({ url: await cluster.createDatabase() })
  const client = await connections.writes.connect()

  const scans: string[] = []
  for (const { name, text } of loads) {
    const parameters = new Set(text.match(/\$\d/g)).size
    await client.query(`PREPARE load AS ${text}`)
    const { rows } = await client.query<{ readonly 'QUERY PLAN': string }>(`EXPLAIN (FORMAT JSON) EXECUTE load(${Array.from({ length: parameters }, () => `'{}'`).join()})`)
    await client.query('DEALLOCATE load')
    const [plan] = JSON.parse(rows[0]?.['QUERY PLAN'] ?? '[]') as readonly { readonly Plan: Plan }[]
    if (plan) scans.push(...scansOf(plan.Plan).map((scan) => `${name}: ${scan['Relation Name'] ?? ''}, ${scan['Index Cond'] === undefined ? `all of it by ${scan['Node Type']}` : 'by key'}`))
  }
  client.release()

  expect(scans.length).toBeGreaterThanOrEqual(loads.length)
  expect(scans.filter((scan) => !scan.endsWith('by key'))).toEqual([])
})

test('a database that is told to lose commits is not listened to', async () => {
  const url = await cluster.createDatabase()
  const admin = new Client({ connectionString: url })
  await admin.connect()
  await admin.query("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$")
  await admin.end()
  await using connections = connect({ url })

  const { rows } = await connections.writes.query('SHOW synchronous_commit')

  expect(rows).toEqual([{ synchronous_commit: 'on' }])
})

function scansOf(plan: Plan): readonly Plan[] {
  const own = plan['Relation Name'] === undefined ? [] : [plan]
  return [...own, ...(plan.Plans ?? []).flatMap(scansOf)]
}
