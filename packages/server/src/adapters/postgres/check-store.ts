import { minutes, seconds, type Duration } from '@beckon/core'
import { Client } from 'pg'
import { number, text, type Row } from '../sql/row.ts'
import type { StoreCheck } from '../sql/store-check.ts'
import { unavailable } from './failure.ts'

const patience: Duration = seconds(5)
const longest: Duration = minutes(1)

/** What keeps nodes from working as they should, without changing anything; undefined where no tables have been made yet. Rejects with `StoreUnavailable`. */
export async function checkStore(url: string, longestTransaction: Duration = longest): Promise<StoreCheck | undefined> {
  const client = new Client({ connectionString: url, application_name: 'beckon doctor', connectionTimeoutMillis: patience, statement_timeout: patience })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const [tables] = await ask(client, "SELECT to_regclass('migrations')::text AS name")
    if (tables?.['name'] === null) return undefined
    const [newest] = await ask(client, 'SELECT coalesce(max(version), 0) AS version FROM migrations')
    const faults = [...(await ask(client, stalling, [longestTransaction / 1000])).map(describeStalling), ...(await ask(client, invalid)).map(describeInvalid)]
    return { isSound: faults.length === 0, version: number(newest ?? {}, 'version'), faults, remedy: 'Each fault names the statement that ends it; run it as an owner of the database.' }
  } catch (error) {
    throw unavailable(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Whoever has written, or may yet, and has been at it for long: the feed waits for them (docs/adr/0032-feed-order-and-the-horizon.md). */
const stalling = `SELECT format('The transaction of process %s (%s)', pid, coalesce(nullif(application_name, ''), usename)) AS what,
    floor(extract(epoch FROM now() - xact_start))::float8 AS seconds, format('SELECT pg_terminate_backend(%s)', pid) AS remedy
  FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname = current_database() AND xact_start < now() - make_interval(secs => $1)
  UNION ALL SELECT format('The prepared transaction %L', gid), floor(extract(epoch FROM now() - prepared))::float8, format('ROLLBACK PREPARED %L', gid)
  FROM pg_prepared_xacts WHERE prepared < now() - make_interval(secs => $1)`

const invalid = `SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
  WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace`

function describeStalling(row: Row): string {
  return `${text(row, 'what')} has been under way for ${String(number(row, 'seconds'))} s and holds the feed of events up: ${text(row, 'remedy')}`
}

function describeInvalid(row: Row): string {
  return `The index ${text(row, 'name')} was never finished, costs writes and serves nobody: DROP INDEX CONCURRENTLY ${text(row, 'name')}, then beckon migrate`
}

async function ask(client: Client, sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  return (await client.query<Record<string, unknown>>(sql, [...values])).rows
}
