import { StoreUnavailable } from '@beckon/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres, type PostgresCluster } from '../../testing/services/postgres-cluster.ts'
import { openSession } from '../../testing/services/postgres-session.ts'
import { parseMigration, type Migration } from '../sql/migrations.ts'
import { migratePostgres, programMigrations, type MigrationStep } from './migrate.ts'

let cluster: PostgresCluster
beforeAll(async () => {
  cluster = await startPostgres()
}, 30_000)
afterAll(() => cluster[Symbol.asyncDispose](), 60_000)

const program = programMigrations()
const newest = program.at(-1)?.version ?? 0
const later = (sql: string, number = 9001): readonly Migration[] => [...program, parseMigration(`${String(number)}-later.sql`, sql)]

describe('migrating', () => {
  test('an empty database brings it to the newest version, and again does nothing', async () => {
    const url = await cluster.createEmptyDatabase()

    const first = await migratePostgres({ url })

    expect(first).toEqual({ from: 0, to: newest, applied: program.map(({ name }) => name) })
    expect(await migratePostgres({ url })).toEqual({ from: newest, to: newest, applied: [] })
  })

  test('is done once by three servers that start at the same time, while the others wait', async () => {
    const url = await cluster.createEmptyDatabase()
    const steps: MigrationStep[] = []

    const done = await Promise.all([1, 2, 3].map(() => migratePostgres({ url, onStep: (step) => steps.push(step) })))

    expect(done.map(({ applied }) => applied.length).toSorted((one, other) => other - one)).toEqual([program.length, 0, 0])
    expect(steps.filter(({ kind }) => kind === 'applying')).toHaveLength(program.length)
    expect(steps).toContainEqual({ kind: 'waiting', why: 'another server is migrating this database' })
  })

  test('a database step by step makes the same tables as migrating an empty one', async () => {
    const [fresh, upgraded] = [await cluster.createEmptyDatabase(), await cluster.createEmptyDatabase()]
    await migratePostgres({ url: fresh })

    for (const [index] of program.entries()) await migratePostgres({ url: upgraded, known: program.slice(0, index + 1) })

    expect(await schemaOf(upgraded)).toEqual(await schemaOf(fresh))
    expect((await schemaOf(fresh)).length).toBeGreaterThan(100)
  })

  test('leaves the database at the version before the one that fails, and goes on from there', async () => {
    const url = await cluster.createEmptyDatabase()
    const known = later('CREATE TABLE half (id integer);\nSELECT 1 / 0;')

    await expect(migratePostgres({ url, known })).rejects.toThrow(/division by zero/)

    expect(await migratePostgres({ url, known: later('CREATE TABLE half (id integer);') })).toMatchObject({ from: newest, applied: ['9001-later.sql'] })
  })

  test('is refused for a migration that changed after it was applied', async () => {
    const url = await cluster.createDatabase()

    const changed = program.map((one) => (one.version === 1 ? parseMigration(one.name, `${one.sql}\n-- more`) : one))

    await expect(migratePostgres({ url, known: changed })).rejects.toThrow(/0001-init.sql.*never change/)
  })

  test('is refused where a migration in between was never applied', async () => {
    const url = await cluster.createDatabase()

    const widened = [...program, parseMigration('0003-between.sql', 'SELECT 1;')].toSorted((one, other) => one.version - other.version)

    await expect(migratePostgres({ url, known: widened })).rejects.toThrow(/has not seen migration 0003-between.sql/)
  })

  test('waits for a table that somebody is using rather than keeping everybody else from it', async () => {
    const url = await cluster.createDatabase()
    await using reader = await openSession(url)
    await reader.query('BEGIN; SELECT count(*) FROM contacts')

    const done = migratePostgres({ url, known: later('ALTER TABLE contacts ADD COLUMN later integer;'), onStep: (step) => void (step.kind === 'waiting' && reader.query('COMMIT')) })

    expect((await done).applied).toEqual(['9001-later.sql'])
  })
})

describe('a migration outside a transaction', () => {
  const sql = '-- outside-a-transaction\n-- An index on a table in use.\nDROP INDEX CONCURRENTLY IF EXISTS late;\nCREATE INDEX CONCURRENTLY late ON contacts (search);\n'

  test('builds an index beside those who write, and beside a server that waits for its turn', async () => {
    const url = await cluster.createDatabase()

    const done = await Promise.all([1, 2].map(() => migratePostgres({ url, known: later(sql) })))

    expect(done.flatMap(({ applied }) => applied)).toEqual(['9001-later.sql'])
    expect(await schemaOf(url)).toContainEqual(expect.stringContaining('CREATE INDEX late ON'))
  })

  test('that broke off is run again from its beginning', async () => {
    const url = await cluster.createDatabase()
    await using admin = await openSession(url)
    await expect(migratePostgres({ url, known: later(`${sql}SELECT 1 / 0;\n`) })).rejects.toThrow(StoreUnavailable)

    await migratePostgres({ url, known: later(sql) })

    expect((await admin.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'late'::regclass")).rows).toEqual([{ indisvalid: true }])
  })
})

describe('beside newer servers', () => {
  test('a server goes on working with a database whose newer migrations say that it can', async () => {
    const url = await cluster.createDatabase()
    await migratePostgres({ url, known: later(`-- compatible-with: ${String(newest).padStart(4, '0')}\nALTER TABLE contacts ADD COLUMN later integer;`) })

    expect(await migratePostgres({ url })).toEqual({ from: 9001, to: 9001, applied: [] })
  })

  test('a server is refused once a newer migration no longer has a place for it', async () => {
    const url = await cluster.createDatabase()
    await migratePostgres({ url, known: later('ALTER TABLE contacts DROP COLUMN search;') })

    await expect(migratePostgres({ url })).rejects.toThrow(/newer server.*9001-later/)
  })

  test('whoever writes while an additive migration is applied is kept waiting for a moment, and fails at nothing', async () => {
    const url = await cluster.createDatabase()
    await using writer = await openSession(url)
    const insert = (count: number) => writer.query({ name: 'insert', text: 'INSERT INTO contacts (id, search, body) VALUES ($1, $2, $3)', values: [`contact-${String(count)}`, '', '{}'] })
    await insert(0)

    const migrated = migratePostgres({ url, known: later(`-- compatible-with: ${String(newest)}\nALTER TABLE contacts ADD COLUMN later integer;`) })
    const written = (async () => {
      for (let count = 1; count <= 200; count += 1) await insert(count)
    })()

    await Promise.all([migrated, written])
    expect((await writer.query<{ readonly count: string }>('SELECT count(*) FROM contacts')).rows[0]?.count).toBe('201')
  })
})

describe('a database that cannot be used', () => {
  test.for([
    { name: 'with the wrong password', url: (right: string) => right.replace(cluster.password, 'wrong'), says: /password authentication failed.*check the user and the password/ },
    { name: 'that does not exist', url: (right: string) => right.replace(/[^/]+$/, 'nowhere'), says: /"nowhere" does not exist.*create it/ },
    { name: 'where nothing answers', url: () => 'postgres://beckon:secret@127.0.0.1:1/beckon', says: /ECONNREFUSED.*check BECKON_DATABASE_URL/ },
    { name: 'on a host without an address', url: () => 'postgres://beckon:secret@nowhere.invalid/beckon', says: /nowhere.invalid.*check BECKON_DATABASE_URL/ },
  ])('$name is named with what to do about it', async ({ url, says }) => {
    const refused = migratePostgres({ url: url(cluster.url()) })

    await expect(refused).rejects.toThrow(says)
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailable)
    await expect(refused).rejects.not.toThrow(cluster.password)
  })
})

/** Every column, index, constraint and function, in words. */
async function schemaOf(url: string): Promise<readonly string[]> {
  await using client = await openSession(url)
  const { rows } = await client.query<{ readonly line: string }>(`
    SELECT concat_ws(' ', table_name, column_name, data_type, collation_name, is_nullable, column_default, is_identity) AS line FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY line`)
  return rows.map(({ line }) => line)
}
