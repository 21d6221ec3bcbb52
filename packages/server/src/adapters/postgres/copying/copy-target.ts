import { once } from 'node:events'
import { Client, DatabaseError } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { copiedTables, CopyRefused, type CopiedRow, type CopiedTable, type CopyProgress, type CopyTarget, type TableSum } from '../../sql/copying/copied-tables.ts'
import { sumInSql } from '../../sql/copying/table-sum.ts'
import { text } from '../../sql/row.ts'
import { migratePostgres } from '../migrate.ts'
import { begin, close, readProgress, readState, recordProgress, wholeNumber, type CopyOrigin } from './copy-ledger.ts'
import { copyLine } from './copy-lines.ts'

export interface OpenCopyTarget {
  readonly url: string
  readonly origin: CopyOrigin
}

/** Any number, as long as nothing else in this database locks it. */
const copyLock = 4_846_214_212

/**
 * Opens and migrates the database that is to hold the copy. Throws `CopyRefused` when it holds anything but nothing or a part of this
 * copy, when a server runs on it, and when another copy is under way.
 */
export async function openCopyTarget({ url, origin }: OpenCopyTarget): Promise<CopyTarget> {
  await migratePostgres({ url })
  const client = new Client({ connectionString: url, application_name: 'beckon copy', keepAlive: true })
  // Whoever waits for an answer hears of it; with no listener the process would end.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
    await takeLock(client)
    await refuseServers(client)
    return await prepare(client, origin)
  } catch (error) {
    await client.end()
    throw error
  }
}

async function prepare(client: Client, origin: CopyOrigin): Promise<CopyTarget> {
  const state = await readState(client, origin)
  if (state === 'empty') await begin(client, origin)
  const progress = new Map(state === 'unfinished' ? await readProgress(client) : [])
  return {
    state,
    progressOf: (table) => progress.get(table) ?? { rows: 0 },
    async write(table, rows) {
      const last = rows.at(-1)
      if (!last) return
      const reached = { rows: (progress.get(table)?.rows ?? 0) + rows.length, after: last.key }
      await writeBatch(client, table, rows, reached)
      progress.set(table, reached)
    },
    sum: (table) => sumOf(client, table),
    async finish() {
      await client.query('BEGIN')
      for (const table of tablesWithKeys) await client.query(`SELECT setval(pg_get_serial_sequence('${table}', 'key'), (SELECT max(key) FROM ${table}))`)
      await client.query("SELECT setval('event_positions', (SELECT max(position) FROM events))")
      await close(client, origin)
      await client.query('COMMIT')
      await client.query('ANALYZE')
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}

/** In `answers` the key is the caller's own and no number. */
const tablesWithKeys = Object.entries(copiedTables).filter(([table, columns]) => (columns as readonly string[]).includes('key') && table !== 'answers').map(([table]) => table)

async function writeBatch(client: Client, table: CopiedTable, rows: readonly CopiedRow[], reached: Required<CopyProgress>): Promise<void> {
  try {
    await client.query('BEGIN')
    await copyRows(client, table, rows)
    await recordProgress(client, table, reached)
    await client.query('COMMIT')
  } catch (error) {
    throw refusedRow(error, table, rows) ?? error
  }
}

/**
 * Rows of the feed say which transaction wrote them: this one, so that they show when it is over, like any other
 * (docs/adr/0032-feed-order-and-the-horizon.md).
 */
async function copyRows(client: Client, table: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
  const columns: readonly string[] = copiedTables[table]
  const writer = table === 'events' ? await ownTransaction(client) : undefined
  const stream = client.query(copyFrom(`COPY ${table} (${[...columns, ...(writer === undefined ? [] : ['writer'])].join(', ')}) FROM STDIN`))
  const ended = once(stream, 'finish')
  stream.end(rows.map(({ cells }) => copyLine(writer === undefined ? cells : [...cells, writer])).join(''))
  await ended
}

async function ownTransaction(client: Client): Promise<string> {
  const { rows } = await client.query<Record<string, unknown>>('SELECT pg_current_xact_id()::text AS writer')
  return text(rows[0] ?? {}, 'writer')
}

/** The engine says which line of the batch it did not take; the caller is told which row that is. */
function refusedRow(error: unknown, table: CopiedTable, rows: readonly CopiedRow[]): CopyRefused | undefined {
  if (!(error instanceof DatabaseError)) return undefined
  const line = /^COPY \w+, line (\d+)/m.exec(error.where ?? '')?.[1]
  const row = line === undefined ? undefined : rows[Number(line) - 1]
  if (!row) return undefined
  return new CopyRefused(`PostgreSQL does not take the row ${row.key.join(', ')} of ${table}: ${error.message}.`, ['The embedded file is damaged there: repair the row, or restore the file from a backup'], { cause: error })
}

async function sumOf(client: Client, table: CopiedTable): Promise<TableSum> {
  const { rows } = await client.query<Record<string, unknown>>(sumInSql(table, copiedTables[table]))
  return { rows: wholeNumber(rows[0] ?? {}, 'rows'), checksum: BigInt(text(rows[0] ?? {}, 'sum')).toString(16) }
}

async function takeLock(client: Client): Promise<void> {
  const { rows } = await client.query<Record<string, unknown>>('SELECT pg_try_advisory_lock($1) AS taken', [copyLock])
  if (rows[0]?.['taken'] === true) return
  throw new CopyRefused('Another copy into this database is under way.', ['Wait for it, or end it, and try again'])
}

/** One that was there before the copy would go on in an epoch that is no longer this log's; none starts while it is under way. */
async function refuseServers(client: Client): Promise<void> {
  const { rows } = await client.query<Record<string, unknown>>(`SELECT count(*)::integer AS connections FROM pg_stat_activity
    WHERE datname = current_database() AND application_name IN ('beckon read', 'beckon look up', 'beckon write', 'beckon hints')`)
  if (rows[0]?.['connections'] === 0) return
  throw new CopyRefused('A server runs on the database that is to hold the copy.', ['Stop every server of it, then try again'])
}
