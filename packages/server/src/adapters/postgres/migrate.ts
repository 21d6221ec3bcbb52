import { seconds, StoreUnavailable, type Duration } from '@beckon/core'
import { Client, DatabaseError } from 'pg'
import { pendingMigrations, readMigrations, statementsOf, type Migrated, type Migration, type RecordedMigration } from '../sql/migrations.ts'
import { number, text } from '../sql/row.ts'
import { unavailable } from './failure.ts'

/** Told while it goes on, for whoever watches a long migration. */
export type MigrationStep =
  | { readonly kind: 'waiting'; readonly why: string }
  | { readonly kind: 'applying'; readonly name: string }

export interface MigratePostgres {
  readonly url: string
  readonly onStep?: ((step: MigrationStep) => void) | undefined
  /** Absent are those of this program. */
  readonly known?: readonly Migration[] | undefined
}

/** Any number, as long as nothing else in this database locks it. */
const migrationLock = 4_846_214_210
/** How long a migration may keep others waiting in line behind it for a table that somebody is using, and how often it tries. */
const lockTimeout = '3s'
const mostAttempts = 20
const connectPatience: Duration = seconds(5)

/** Brings the database to the newest schema: forward only, recorded with checksums, by one server at a time while the others wait. */
export async function migratePostgres({ url, onStep, known }: MigratePostgres): Promise<Migrated> {
  return whileMigrating({ url, onStep }, (client) => migrate(client, { onStep, known }))
}

/** Runs alone among all servers of this database, on a connection of its own that ends with it. Rejects with `StoreUnavailable`. */
export async function whileMigrating<T>({ url, onStep }: Pick<MigratePostgres, 'url' | 'onStep'>, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'beckon migrate', keepAlive: true, connectionTimeoutMillis: connectPatience })
  // A connection that breaks says so to whoever waits for its answer; unheard, this event ends the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
    await takeLock(client, onStep)
    return await run(client)
  } catch (error) {
    throw unavailable(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Throws `StoreUnavailable` for a database this program cannot work with; a migration that fails leaves the database at the one before it. */
export async function migrate(client: Client, { onStep, known = programMigrations() }: Pick<MigratePostgres, 'onStep' | 'known'> = {}): Promise<Migrated> {
  await prepareLedger(client)
  const { from, pending } = pendingMigrations(known, await recordedMigrations(client))
  for (const migration of pending) {
    onStep?.({ kind: 'applying', name: migration.name })
    await (migration.isOutsideTransaction ? applyByStatement(client, migration) : applyWhole(client, migration, onStep))
  }
  return { from, to: Math.max(from, known.at(-1)?.version ?? 0), applied: pending.map(({ name }) => name) }
}

export function programMigrations(): readonly Migration[] {
  return readMigrations(new URL('./migrations/', import.meta.url))
}

/**
 * Asks again and again rather than waiting in one statement: that statement would be a transaction under way, and an index that is
 * built concurrently waits for every one of those.
 */
async function takeLock(client: Client, onStep: MigratePostgres['onStep']): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const { rows } = await client.query<{ readonly taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [migrationLock])
    if (rows[0]?.taken === true) return
    if (attempt === 0) onStep?.({ kind: 'waiting', why: 'another server is migrating this database' })
    await client.query('SELECT pg_sleep(0.1)')
  }
}

/** A user who may not make tables can still start a server on a database that is up to date. */
async function prepareLedger(client: Client): Promise<void> {
  const { rows } = await client.query<{ readonly is_there: boolean }>("SELECT to_regclass('migrations') IS NOT NULL AND to_regclass('meta') IS NOT NULL AS is_there")
  if (rows[0]?.is_there === true) return
  await client.query(`BEGIN;
    CREATE TABLE migrations (
      version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, compatible_with integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE meta (name text PRIMARY KEY, value text NOT NULL);
    COMMIT`)
}

async function recordedMigrations(client: Client): Promise<readonly RecordedMigration[]> {
  const { rows } = await client.query<Record<string, unknown>>('SELECT version, name, checksum, compatible_with FROM migrations ORDER BY version')
  return rows.map((row) => ({ version: number(row, 'version'), name: text(row, 'name'), checksum: text(row, 'checksum'), compatibleWith: number(row, 'compatible_with') }))
}

async function applyWhole(client: Client, migration: Migration, onStep: MigratePostgres['onStep']): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('BEGIN')
      await client.query(`SET LOCAL lock_timeout = '${lockTimeout}'`)
      await client.query(migration.sql)
      await record(client, migration)
      await client.query('COMMIT')
      return
    } catch (error) {
      await client.query('ROLLBACK')
      if (!isBusy(error)) throw error
      if (attempt === mostAttempts) throw new StoreUnavailable(`${migration.name} needs tables that others keep using: end long transactions (see pg_stat_activity), then try again`, { cause: error })
      onStep?.({ kind: 'waiting', why: `${migration.name} waits for tables in use` })
      await client.query('SELECT pg_sleep(1)')
    }
  }
}

async function applyByStatement(client: Client, migration: Migration): Promise<void> {
  for (const statement of statementsOf(migration)) await client.query(statement)
  await record(client, migration)
}

async function record(client: Client, { version, name, checksum, compatibleWith }: Migration): Promise<void> {
  await client.query('INSERT INTO migrations (version, name, checksum, compatible_with) VALUES ($1, $2, $3, $4)', [version, name, checksum, compatibleWith])
}

/** The lock of a table was not to be had, or somebody held what we wanted and wanted what we held. */
function isBusy(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '55P03' || error.code === '40P01')
}
