import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createFakeClock, createFakeTimers, createPlainSecrets, createSequenceIds, type FakeClock } from '@beckon/core/testing'
import { must, toId, type DomainEvent } from '@beckon/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copiedTableNames, copiedTables } from '../../adapters/sql/copying/copied-tables.ts'
import { openPostgresStore } from '../../adapters/postgres/open.ts'
import { openSqliteStore } from '../../adapters/sqlite/open.ts'
import { startPostgres, type PostgresCluster } from '../../testing/services/postgres-cluster.ts'
import { ask } from '../../testing/services/postgres-session.ts'
import type { CopyStep } from './copy-rows.ts'
import { copyStore, type CopiedStore } from './copy-store.ts'
import { busyShop } from './testing/busy-shop.ts'
import { everythingReadable } from './testing/everything-readable.ts'

let cluster: PostgresCluster
const folder = mkdtempSync(join(tmpdir(), 'beckon-copy-'))
let count = 0

beforeAll(async () => {
  cluster = await startPostgres()
}, 60_000)

afterAll(async () => {
  await cluster[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

/** A data folder in which everything that can be stored has been stored. */
async function aBusyFolder() {
  const dataDir = join(folder, String((count += 1)))
  const file = join(dataDir, 'beckon.db')
  const clock = createFakeClock()
  mkdirSync(dataDir)
  using store = openSqliteStore({ file, clock })
  const shop = await busyShop(store, clock)
  return { dataDir, file, clock, shop, readable: await everythingReadable(store) }
}

const open = (url: string, clock: FakeClock) => openPostgresStore({ url, clock, timers: createFakeTimers(clock), ids: createSequenceIds() })

const copy = (dataDir: string, to: string, given: Partial<Parameters<typeof copyStore>[0]> = {}): Promise<CopiedStore> => copyStore({ env: {}, from: dataDir, to, batchRows: 3, ...given })

function edit(file: string, sql: string): void {
  const db = new DatabaseSync(file)
  db.exec(sql)
  db.close()
}

test('every table is carried over, with rows and checksums that are equal on both sides', async () => {
  const { dataDir } = await aBusyFolder()

  const { tables, began, files } = await copy(dataDir, await cluster.createEmptyDatabase())

  expect(tables.map(({ table }) => table)).toEqual(copiedTableNames)
  expect(tables.filter(({ rows }) => rows === 0)).toEqual([])
  expect(began).toBe('now')
  expect(files).toBe(1)
})

test('whatever a reader can see of the embedded store, it sees in the copy: lists with their cursors, logs, the feed, and that guests’ tokens lead on', async () => {
  const { dataDir, clock, readable, shop } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  await copy(dataDir, url)

  await using store = await open(url, clock)

  expect(await everythingReadable(store)).toEqual(readable)
  expect(await store.sessionByToken(shop.deploymentId, createPlainSecrets().hash(shop.token))).toMatchObject({ contactId: shop.contactId })
})

test('the first thing that is written to a copy comes after everything that was copied, in the log and in the feed', async () => {
  const { dataDir, clock, readable, shop } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  const { lastPosition } = await copy(dataDir, url)
  await using store = await open(url, clock)
  const before = await store.entries(shop.conversationId, { limit: 1000 })

  const event: DomainEvent = { type: 'conversation.reopened', at: clock.now(), contactId: shop.contactId, conversationId: shop.conversationId }
  const last = must(before.at(-1), 'something was said')
  const entry = { ...last, id: toId<'entry'>('the-next'), seq: last.seq + 1 }
  await store.transact({ need: { contactId: shop.contactId }, decide: () => ({ result: null, changes: [{ kind: 'append-entry', entry }, { kind: 'append-event', event }] }) })

  expect(await store.events(lastPosition, 10, {})).toMatchObject({ through: lastPosition + 1, events: [{ event: { position: lastPosition + 1 } }] })
  expect(await store.entries(shop.conversationId, { after: before.length, limit: 10 })).toMatchObject([{ id: 'the-next' }])
  expect(store.epoch).toBe(readable.epoch)
})

test('no server starts on a copy that is not finished', async () => {
  const { dataDir, clock } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  const stop = new AbortController()
  await expect(copy(dataDir, url, { stop: stop.signal, onStep: ({ rowsDone }) => rowsDone > 20 && stop.abort(new Error('interrupted')) })).rejects.toThrow('interrupted')

  await expect(open(url, clock)).rejects.toThrow(/unfinished copy: run the same/)
})

test('a database on which a server runs is refused, empty as it may be: that server would go on in another epoch than the copy', async () => {
  const { dataDir, clock } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  const server = await open(url, clock)
  await server.ping()

  await expect(copy(dataDir, url)).rejects.toThrow('A server runs on the database')
  await server[Symbol.asyncDispose]()

  expect((await copy(dataDir, url)).began).toBe('now')
})

test('a copy that was interrupted after any batch goes on where it was', async () => {
  const { dataDir } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  const whole = await copy(dataDir, await cluster.createEmptyDatabase())
  const begins: number[] = []
  let finished: CopiedStore | undefined
  for (let batches = 1; finished === undefined; batches += 1) {
    const stop = new AbortController()
    const steps: CopyStep[] = []
    const onStep = (step: CopyStep): void => {
      steps.push(step)
      if (step.phase === 'copying' && step.rowsDone - (steps[0]?.rowsDone ?? 0) > 8) stop.abort(new Error('interrupted'))
    }
    finished = await copy(dataDir, url, { onStep, stop: stop.signal }).catch((error: unknown) => {
      if (error !== stop.signal.reason) throw error
      return undefined
    })
    begins.push(steps[0]?.rowsDone ?? 0)
  }

  expect(begins.length).toBeGreaterThan(4)
  expect(begins).toEqual(begins.toSorted((one, other) => one - other))
  expect(finished).toEqual({ ...whole, began: 'earlier' })
})

test('a finished copy is told as such, and left alone', async () => {
  const { dataDir } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  await copy(dataDir, url)

  expect(await copy(dataDir, url)).toMatchObject({ began: 'finished-earlier', tables: [] })
})

test('a database that holds anything else is refused', async () => {
  const [one, other] = [await aBusyFolder(), await aBusyFolder()]
  const url = await cluster.createDatabase()
  await ask(url, `INSERT INTO deployments (id, body) VALUES ('somebody', '{}')`)
  await expect(copy(one.dataDir, url)).rejects.toThrow(/not empty: it has deployments/)

  const half = await cluster.createEmptyDatabase()
  const stop = new AbortController()
  await expect(copy(other.dataDir, half, { stop: stop.signal, onStep: ({ rowsDone }) => rowsDone > 20 && stop.abort(new Error('interrupted')) })).rejects.toThrow('interrupted')
  await expect(copy(one.dataDir, half)).rejects.toThrow(/unfinished copy of another store/)
})

test('a source that was written to since the copy began is refused', async () => {
  const { dataDir, file } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  const stop = new AbortController()
  await expect(copy(dataDir, url, { stop: stop.signal, onStep: ({ rowsDone }) => rowsDone > 20 && stop.abort(new Error('interrupted')) })).rejects.toThrow('interrupted')
  edit(file, `INSERT INTO events (type, at) VALUES ('agent.created', 1)`)

  await expect(copy(dataDir, url)).rejects.toThrow(/written to since the copy began/)
})

test.for([
  ['a row that was lost', `DELETE FROM timers WHERE id = (SELECT min(id) FROM timers)`, /timers has \d+ rows and should have \d+/],
  ['a row that was changed', `UPDATE entries SET at = at + 1 WHERE seq = 2`, /entries has the right number of rows, but not all of them are equal/],
] as const)('%s in the copy is found by the comparison, and the copy is not finished', async ([, damage, says]) => {
  const { dataDir } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  const stop = new AbortController()
  await expect(copy(dataDir, url, { stop: stop.signal, onStep: ({ phase }) => phase === 'verifying' && stop.abort(new Error('interrupted')) })).rejects.toThrow('interrupted')
  await ask(url, damage)

  await expect(copy(dataDir, url)).rejects.toThrow(says)
  expect(await ask(url, `SELECT value FROM meta WHERE name = 'copied_from'`)).toEqual([])
})

test.for([
  ['NUL in JSON', `UPDATE contacts SET body = json_set(body, '$.name', 'a' || char(0) || 'b') WHERE key = 2`, /row 2 of contacts .*in body/],
  ['NUL in a column', `UPDATE entries SET client_id = 'a' || char(0) WHERE client_id = 'client-1'`, /row \d+ of entries .*in client_id/],
  ['half of a pair', String.raw`UPDATE agents SET body = json_insert(body, '$.note', json('"\ud83d"'))`, /row 1 of agents .*in body/],
  ['JSON that is none', `UPDATE proactive_messages SET body = '{"a":' WHERE key = 2`, /row 2 of proactive_messages: invalid input syntax for type json/],
  ['an owner who is gone', `PRAGMA foreign_keys = OFF; UPDATE sessions SET contact_key = 999 WHERE key = 1`, /row 1 of sessions: null value in column "contact_id"/],
  ['an event of two', `UPDATE events SET contact_key = 999 WHERE position = (SELECT max(position) FROM events WHERE conversation_key IS NOT NULL)`, /event at position \d+ belongs to another/],
] as const)('%s is refused with the name of the row, and mended, the copy goes on', async ([, damage, says]) => {
  const { dataDir, file } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  const sound = `${file}.sound`
  edit(file, `VACUUM INTO '${sound}'`)
  edit(file, damage)
  await expect(copy(dataDir, url)).rejects.toThrow(says)

  renameSync(sound, file)

  expect((await copy(dataDir, url)).tables).toHaveLength(copiedTableNames.length)
})

test('keys and positions go on after those that were copied, in the epoch of the source', async () => {
  const { dataDir, readable } = await aBusyFolder()
  const url = await cluster.createEmptyDatabase()
  const { epoch, lastPosition } = await copy(dataDir, url)

  const [position] = await ask(url, `SELECT first::int AS first FROM take_event_positions(1)`)
  const [contact] = await ask(url, `INSERT INTO contacts (id, search, body) VALUES ('next', '', '{}') RETURNING key::int, (SELECT max(key)::int FROM contacts) AS before`)
  const meta = await ask(url, `SELECT value FROM meta WHERE name = 'epoch'`)

  expect(position).toEqual({ first: lastPosition + 1 })
  expect(contact?.['key']).toBe(Number(contact?.['before']) + 1)
  expect(meta).toEqual([{ value: epoch }])
  expect(readable).toMatchObject({ epoch, lastPosition })
})

test('a copy knows every table and column of both engines', async () => {
  const { file } = await aBusyFolder()
  const rows = await ask(await cluster.createDatabase(), `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'`)
  const leftOut = /^(migrations|meta|commits)\.|^events\.writer$|^timers\.leased_until$/
  const columns = rows.map((row) => `${String(row['table_name'])}.${String(row['column_name'])}`).filter((name) => !leftOut.test(name))
  const db = new DatabaseSync(file)
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('migrations', 'meta') AND name NOT LIKE 'sqlite_%'`).all()
  db.close()

  expect(columns.toSorted()).toEqual(copiedTableNames.flatMap((table) => copiedTables[table].map((column) => `${table}.${column}`)).toSorted())
  expect(tables.map((row) => String(row['name'])).toSorted()).toEqual(copiedTableNames.toSorted())
})
