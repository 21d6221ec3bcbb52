import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { eraseContact, minutes, StoreUnavailable, toId, type Change, type Timer } from '@beckon/core'
import { aContact, aDeployment, createFakeClock, newYear } from '@beckon/core/testing'
import { storeContract } from '@beckon/core/testing/contracts/store'
import { afterAll, expect, test } from 'vitest'
import { migrateSqlite } from './migrate.ts'
import { openSqliteStore, type SqliteStore } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'beckon-sqlite-'))
let count = 0
const newFile = (): string => join(folder, `${String((count += 1))}.db`)
const open = (file = newFile()): SqliteStore => openSqliteStore({ file, clock: createFakeClock() })
const put = (store: SqliteStore, id: string): Promise<void> =>
  store.transact({
    need: {},
    decide: () => ({ result: undefined, changes: [{ kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact: aContact({ id: toId(id) }) }] }),
  })

afterAll(() => rmSync(folder, { recursive: true }))

storeContract(({ clock }) => openSqliteStore({ file: newFile(), clock }))

test('what was committed is there when the file is opened again, in the same epoch', async () => {
  const file = newFile()
  using before = open(file)
  await put(before, 'contact-1')
  const { epoch } = before
  before[Symbol.dispose]()

  using after = open(file)

  expect(await after.contact(toId('contact-1'))).toMatchObject({ id: 'contact-1' })
  expect(after.epoch).toBe(epoch)
  expect(after.migrated.applied).toEqual([])
})

test('an appointment that a server held when it died is free as soon as the next one opens the file', async () => {
  const file = newFile()
  const clock = createFakeClock()
  const before = openSqliteStore({ file, clock })
  const timer: Timer = { id: 'timer-1', dueAt: newYear, job: { kind: 'expire-session', contactId: toId('contact-1'), sessionId: toId('session-1') } }
  await before.transact({ need: {}, decide: () => ({ result: undefined, changes: [{ kind: 'put-timer', timer }] }) })
  expect(await before.claimTimers(clock.now(), minutes(1), 10)).toHaveLength(1)
  expect(await before.claimTimers(clock.now(), minutes(1), 10)).toEqual([])
  before[Symbol.dispose]()

  using after = openSqliteStore({ file, clock })

  expect(await after.claimTimers(clock.now(), minutes(1), 10)).toEqual([timer])
})

test('everything asked for in one turn shares one commit', async () => {
  using store = open()
  const batches: number[] = []
  store.onCommitted((batch) => batches.push(batch.length))

  await Promise.all(Array.from({ length: 100 }, (_, index) => put(store, `contact-${String(index)}`)))

  expect(batches).toEqual([100])
})

test('what was erased is gone from the files too, the journal included', async () => {
  const file = newFile()
  using store = open(file)
  const contact = aContact({ name: 'verdigris' })
  const write = (...changes: readonly Change[]): Promise<void> => store.transact({ need: {}, decide: () => ({ result: undefined, changes }) })
  await write({ kind: 'put-deployment', deployment: aDeployment() }, { kind: 'put-contact', contact })
  const files = (): string => [file, `${file}-wal`].map((name) => readFileSync(name, 'latin1')).join('')
  expect(files().includes('verdigris')).toBe(true)

  await write(
    { kind: 'erase-contact', contactId: contact.id },
    { kind: 'put-contact', contact: eraseContact(contact, newYear) },
    { kind: 'append-event', event: { type: 'contact.erased', at: newYear, contactId: contact.id } },
  )

  expect(files().includes('verdigris')).toBe(false)
})

test('disposing commits what is waiting, and refuses what comes after', async () => {
  const file = newFile()
  const store = open(file)
  const written = put(store, 'contact-1')
  store[Symbol.dispose]()

  await written
  await expect(put(store, 'contact-2')).rejects.toThrow(StoreUnavailable)
  using again = open(file)
  expect(await again.contact(toId('contact-1'))).toBeDefined()
})

test('a file that is no database is refused with what to do', () => {
  const file = newFile()
  writeFileSync(file, 'hello, I am a text file, and long enough to be looked at as a page. '.repeat(100))

  expect(() => open(file)).toThrow(/not a database.*restore/)
})

test('a database of a newer server is refused rather than guessed at', () => {
  const file = newFile()
  open(file)[Symbol.dispose]()
  using db = asDisposable(new DatabaseSync(file))
  db.exec("INSERT INTO migrations (version, name, checksum) VALUES (9999, '9999-future.sql', 'x')")

  expect(() => open(file)).toThrow(/newer server.*9999-future/)
})

test('a database of a newer server is worked with where its migrations say that this one can go on beside it', () => {
  const file = newFile()
  const { migrated } = open(file)
  using db = asDisposable(new DatabaseSync(file))
  db.exec(`INSERT INTO migrations (version, name, checksum, compatible_with) VALUES (9999, '9999-future.sql', 'x', ${String(migrated.to)})`)

  using again = open(file)

  expect(again.migrated).toEqual({ from: 9999, to: 9999, applied: [] })
})

test('a file from before migrations said with which servers they go together is opened', () => {
  const file = newFile()
  open(file)[Symbol.dispose]()
  using db = asDisposable(new DatabaseSync(file))
  db.exec('ALTER TABLE migrations DROP COLUMN compatible_with')

  using again = open(file)

  expect(again.migrated.applied).toEqual([])
})

test('the next appointment, and those that are due, are looked up rather than looked for', () => {
  const file = newFile()
  open(file)[Symbol.dispose]()
  using db = asDisposable(new DatabaseSync(file))
  const planOf = (sql: string, ...values: readonly number[]): string => JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values))

  expect(planOf('SELECT min(max(due_at, leased_until)) AS at FROM timers')).toContain('SEARCH timers USING COVERING INDEX timers_by_next')
  expect(planOf('SELECT id FROM timers WHERE max(due_at, leased_until) <= ? ORDER BY max(due_at, leased_until), id LIMIT ?', 1, 1)).not.toContain('TEMP B-TREE')
})

test('a migration that changed after it was applied is refused', () => {
  const file = newFile()
  open(file)[Symbol.dispose]()
  using db = asDisposable(new DatabaseSync(file))
  db.exec("UPDATE migrations SET checksum = 'another' WHERE version = 1")

  expect(() => open(file)).toThrow(/0001-init.sql.*never change/)
})

test('migrating is told, and done once', () => {
  const file = newFile()

  const first = migrateSqlite({ file })

  expect(first).toMatchObject({ from: 0, applied: expect.arrayContaining(['0001-init.sql', '0004-guest-identity.sql']) })
  expect(migrateSqlite({ file })).toEqual({ from: first.to, to: first.to, applied: [] })
})

test('a database that another program holds acknowledges nothing, and says who is in the way', async () => {
  const file = newFile()
  using store = open(file)
  await put(store, 'contact-1')
  using other = asDisposable(new DatabaseSync(file))
  other.exec('BEGIN EXCLUSIVE')

  const refused = put(store, 'contact-2')

  await expect(refused).rejects.toThrow(/another program holds the database/)
  other.exec('ROLLBACK')
  await put(store, 'contact-3')
  expect(await store.contact(toId('contact-2'))).toBeUndefined()
  expect(await store.contact(toId('contact-3'))).toBeDefined()
})

function asDisposable(db: DatabaseSync): DatabaseSync & Disposable {
  return Object.assign(db, { [Symbol.dispose]: () => db.close() })
}
