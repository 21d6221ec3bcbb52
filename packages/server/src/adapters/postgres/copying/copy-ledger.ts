import { StoreUnavailable } from '@beckon/core'
import type { Client, ClientBase } from 'pg'
import { copiedTableNames, CopyRefused, type CopiedTable, type CopyProgress, type CopySource, type CopyTarget, type RowKey } from '../../sql/copying/copied-tables.ts'
import { number, text } from '../../sql/row.ts'

/** Which log is copied, and the state it was in when the copy began. */
export type CopyOrigin = Pick<CopySource, 'epoch' | 'lastPosition'>

/** What a copy remembers of itself; in a schema of its own, and gone when it is finished. */
const ledger = `CREATE SCHEMA beckon_copy;
  CREATE TABLE beckon_copy.origin (epoch text NOT NULL, last_position bigint NOT NULL);
  CREATE TABLE beckon_copy.progress (table_name text PRIMARY KEY, rows bigint NOT NULL, after text NOT NULL)`

/** How far the copy of this origin has come here. Throws `CopyRefused` for a database that holds anything else. */
export async function readState(client: Client, origin: CopyOrigin): Promise<CopyTarget['state']> {
  if (await isCopyUnfinished(client)) {
    await checkOrigin(client, origin)
    return 'unfinished'
  }
  const { rows } = await client.query<{ readonly value: string }>("SELECT value FROM meta WHERE name = 'copied_from'")
  if (rows[0]?.value === originText(origin)) return 'finished'
  await checkEmpty(client)
  return 'empty'
}

/** A server on half of a store would serve guests who find nothing of theirs, and what it writes would be in the way of the rest. */
export async function refuseUnfinishedCopy(client: ClientBase): Promise<void> {
  if (await isCopyUnfinished(client)) throw new StoreUnavailable('the database holds an unfinished copy: run the same `beckon copy` again, which goes on where it was, or choose another database')
}

async function isCopyUnfinished(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<Record<string, unknown>>("SELECT to_regclass('beckon_copy.origin') IS NOT NULL AS is_there")
  return rows[0]?.['is_there'] === true
}

export async function begin(client: Client, { epoch, lastPosition }: CopyOrigin): Promise<void> {
  await client.query(`BEGIN; ${ledger}`)
  await client.query('INSERT INTO beckon_copy.origin VALUES ($1, $2)', [epoch, lastPosition])
  await client.query('COMMIT')
}

export async function readProgress(client: Client): Promise<ReadonlyMap<string, CopyProgress>> {
  const { rows } = await client.query<Record<string, unknown>>('SELECT table_name, rows, after FROM beckon_copy.progress')
  return new Map(rows.map((row) => [text(row, 'table_name'), { rows: Number(row['rows']), after: JSON.parse(text(row, 'after')) as RowKey }]))
}

export function recordProgress(client: Client, table: CopiedTable, { rows, after }: Required<CopyProgress>): Promise<unknown> {
  return client.query(
    'INSERT INTO beckon_copy.progress VALUES ($1, $2, $3) ON CONFLICT (table_name) DO UPDATE SET rows = excluded.rows, after = excluded.after',
    [table, rows, JSON.stringify(after)],
  )
}

/** Part of the transaction that makes the copy a store of its own. */
export async function close(client: Client, origin: CopyOrigin): Promise<void> {
  const put = "INSERT INTO meta VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
  await client.query(put, ['epoch', origin.epoch])
  await client.query(put, ['copied_from', originText(origin)])
  await client.query('DROP SCHEMA beckon_copy CASCADE')
}

function originText({ epoch, lastPosition }: CopyOrigin): string {
  return `${epoch} at ${String(lastPosition)}`
}

async function checkOrigin(client: Client, origin: CopyOrigin): Promise<void> {
  const { rows } = await client.query<Record<string, unknown>>('SELECT epoch, last_position::text AS last_position FROM beckon_copy.origin')
  const [row = {}] = rows
  const remedy = 'Begin again with an empty database: dropdb, createdb'
  if (text(row, 'epoch') !== origin.epoch) throw new CopyRefused('The database holds an unfinished copy of another store.', [remedy])
  if (text(row, 'last_position') !== String(origin.lastPosition)) throw new CopyRefused('The source was written to since the copy began, so that the copy would not be one of any moment.', [remedy])
}

async function checkEmpty(client: Client): Promise<void> {
  const counts = copiedTableNames.map((table) => `SELECT '${table}' AS name, EXISTS (SELECT FROM ${table}) AS has_rows`).join(' UNION ALL ')
  const { rows } = await client.query<Record<string, unknown>>(counts)
  const filled = rows.filter((row) => row['has_rows'] === true).map((row) => text(row, 'name'))
  if (filled.length === 0) return
  throw new CopyRefused(`The database is not empty: it has ${filled.join(', ')}.`, ['Copy into a new database, on which no server was started before: createdb beckon'])
}

/** Whole numbers come as text where they may be larger than a JavaScript number. */
export function wholeNumber(row: Readonly<Record<string, unknown>>, column: string): number {
  const value = row[column]
  return typeof value === 'string' ? Number(value) : number(row, column)
}
