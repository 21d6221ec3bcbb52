import { milliseconds, StoreUnavailable } from '@beckon/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkDatabase } from '../../compose/check-database.ts'
import { migrate } from '../../compose/migrate.ts'
import { startPostgres, type PostgresCluster } from '../../testing/services/postgres-cluster.ts'
import { openSession } from '../../testing/services/postgres-session.ts'
import { checkStore } from './check-store.ts'
import { programMigrations } from './migrate.ts'

let cluster: PostgresCluster
beforeAll(async () => {
  cluster = await startPostgres({ settings: { max_prepared_transactions: '2' } })
}, 30_000)
afterAll(() => cluster[Symbol.asyncDispose](), 60_000)

const version = programMigrations().at(-1)?.version

test('a database that the settings name is migrated and looked at in place of the embedded one', async () => {
  const env = { BECKON_DATABASE_URL: await cluster.createEmptyDatabase(), BECKON_SECRET_KEY: 'A'.repeat(43).concat('='), BECKON_DATA_DIR: '/nowhere/at/all' }
  const steps: unknown[] = []

  expect(await checkDatabase({ env })).toBeUndefined()
  expect(await migrate({ env, onStep: (step) => steps.push(step) })).toMatchObject({ from: 0, to: version })

  expect(steps).toContainEqual({ kind: 'applying', name: '0001-init.sql' })
  expect(await checkDatabase({ env })).toMatchObject({ isSound: true, version, faults: [] })
})

test('what holds the feed up is named with the statement that ends it', async () => {
  const url = await cluster.createDatabase()
  await using long = await openSession(url)
  await using prepared = await openSession(url)
  await using reading = await openSession(url)
  await long.query('BEGIN; SELECT pg_current_xact_id()')
  await prepared.query("BEGIN; SELECT pg_current_xact_id(); PREPARE TRANSACTION 'forgotten'")
  await reading.query('BEGIN; SELECT count(*) FROM events')

  const check = await checkStore(url, milliseconds(0))

  expect(check?.isSound).toBe(false)
  expect(check?.faults).toEqual([
    expect.stringMatching(/^The transaction of process \d+ \(beckon\) has been under way for \d+ s .*: SELECT pg_terminate_backend\(\d+\)$/),
    expect.stringMatching(/'forgotten'.*: ROLLBACK PREPARED 'forgotten'$/),
  ])
  expect((await checkStore(url))?.faults).toEqual([])
  await prepared.query("ROLLBACK PREPARED 'forgotten'")
})

test('an index that was never finished is named', async () => {
  const url = await cluster.createDatabase()
  await using admin = await openSession(url)
  await admin.query("INSERT INTO contacts (id, search, body) VALUES ('a', 'same', '{}'), ('b', 'same', '{}')")
  await expect(admin.query('CREATE UNIQUE INDEX CONCURRENTLY half ON contacts (search)')).rejects.toThrow(/could not create unique index/)

  expect((await checkStore(url))?.faults).toEqual([expect.stringMatching(/half.*DROP INDEX CONCURRENTLY half/)])
})

test('a database that does not answer is an outage, in words', async () => {
  await expect(checkStore('postgres://beckon:secret@127.0.0.1:1/beckon')).rejects.toBeInstanceOf(StoreUnavailable)
})
