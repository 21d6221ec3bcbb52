import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../testing/services/postgres-cluster.ts'
import { ask } from '../../testing/services/postgres-session.ts'
import { readEra, settleEra } from './epoch.ts'
import { whileMigrating } from './migrate.ts'

let cluster: PostgresCluster
beforeAll(async () => {
  cluster = await startPostgres()
}, 30_000)
afterAll(() => cluster[Symbol.asyncDispose](), 60_000)

test('an epoch stays as long as the log stays where it is', async () => {
  const url = await cluster.createDatabase()

  const first = await settle(url)

  expect(first).toEqual({ epoch: expect.stringMatching(/^[0-9a-f-]{36}$/), settled: 0 })
  await append(url, 1)
  expect(await settle(url)).toEqual(first)
  expect(await whileMigrating({ url }, readEra)).toEqual(first)
})

test('a log that came from a dump begins another, with all of its events, and its next one after them', async () => {
  const url = await cluster.createDatabase()
  const { epoch } = await settle(url)
  await append(url, 5)
  const restored = await copyOf(url)
  await ask(restored, "SELECT setval('event_positions', 2)")

  expect(await whileMigrating({ url: restored }, readEra)).toBeUndefined()
  const era = await settle(restored)

  expect(era).toEqual({ epoch: expect.any(String), settled: 5 })
  expect(era.epoch).not.toBe(epoch)
  expect(await append(restored, 1)).toBe(6)
  expect(await settle(restored)).toEqual(era)
  expect((await settle(url)).epoch).toBe(epoch)
})

test('tables that were dropped and restored in the same database begin another epoch', async () => {
  const url = await cluster.createDatabase()
  const { epoch } = await settle(url)
  await append(url, 2)
  await ask(url, 'ALTER TABLE events RENAME TO old; CREATE TABLE events (LIKE old INCLUDING ALL); INSERT INTO events SELECT * FROM old')

  const era = await settle(url)

  expect(era.settled).toBe(2)
  expect(era.epoch).not.toBe(epoch)
})

test('an epoch that an operator took away is replaced, and the feed keeps its order', async () => {
  const url = await cluster.createDatabase()
  const { epoch } = await settle(url)
  await append(url, 3)
  await ask(url, "DELETE FROM meta WHERE name = 'epoch'")

  expect(await settle(url)).toEqual({ epoch: expect.not.stringMatching(epoch), settled: 0 })
})

test('a log that was copied from the embedded store keeps the epoch it came with', async () => {
  const url = await cluster.createDatabase()
  await ask(url, "INSERT INTO meta VALUES ('epoch', 'of-the-embedded-store')")
  await append(url, 3)

  expect(await settle(url)).toEqual({ epoch: 'of-the-embedded-store', settled: 3 })
})

test('a replica is refused, and begins another epoch when it takes over', async () => {
  await using own = await startPostgres()
  const url = await own.createDatabase()
  const before = await settle(url)
  await append(url, 4)
  await ask(url, "DO $$ BEGIN EXECUTE format('COPY (SELECT 1) TO %L', current_setting('data_directory') || '/standby.signal'); END $$")
  await own.restart()
  await expect(settle(url)).rejects.toThrow(/only reads.*primary/)

  await ask(url, 'SELECT pg_promote()')
  const after = await settle(url)

  expect(after.epoch).not.toBe(before.epoch)
  // Its transactions are numbered on, so that the feed's order still follows from them.
  expect(after.settled).toBe(before.settled)
}, 30_000)

const settle = (url: string) => whileMigrating({ url }, settleEra)

/** Appends events and answers the first one's position. */
async function append(url: string, count: number): Promise<number> {
  const [row] = await ask(url, `WITH taken AS MATERIALIZED (SELECT * FROM take_event_positions(${String(count)}))
    INSERT INTO events (position, writer, type, at) SELECT place, writer, 'deployment.updated', 1 FROM taken, generate_series(first, first + ${String(count - 1)}) AS place RETURNING position`)
  return Number(row?.['position'])
}

async function copyOf(url: string): Promise<string> {
  const name = url.slice(url.lastIndexOf('/') + 1)
  await ask(cluster.url(), `CREATE DATABASE ${name}_restored TEMPLATE ${name}`)
  return `${url}_restored`
}
