import { StoreUnavailable } from '@beckon/core'
import { DatabaseError, type ClientBase } from 'pg'
import { number, text } from '../sql/row.ts'

/** Which log this is. */
export interface Era {
  /** Changes when the log may not be the one whose positions somebody remembers. */
  readonly epoch: string
  /** The position up to which all is there that ever will be, whatever the writers of the rows say. */
  readonly settled: number
}

/**
 * Where the log lives. `place` (cluster, database, table) changes when it was restored from a dump or copied: then the transaction ids in
 * its rows are another cluster's, or another time's. `timeline` alone changes when a replica took over, or when the cluster was wound
 * back to a moment: then ids go on as they were, and only what came last may be missing. Parts that a service does not tell are empty.
 */
interface Lineage {
  readonly place: string
  readonly timeline: string
}

/** Reads the era, beginning a new one where the log has moved. To be run by one server at a time, before any of them writes. */
export async function settleEra(client: ClientBase): Promise<Era> {
  const lineage = await readLineage(client)
  const kept = await readMeta(client)
  if (kept.epoch !== undefined && kept.lineage === encode(lineage)) return { epoch: kept.epoch, settled: kept.settled }
  const hasMoved = placeOf(kept.lineage) !== lineage.place
  // What has an epoch and no lineage yet was filled by a copy, which takes the positions of its source over.
  const epoch = kept.epoch !== undefined && kept.lineage === undefined ? kept.epoch : await newEpoch(client)
  await client.query('BEGIN')
  const settled = hasMoved ? await settlePositions(client) : kept.settled
  await writeMeta(client, { epoch, settled: String(settled), lineage: encode(lineage) })
  await client.query('COMMIT')
  return { epoch, settled }
}

/** Whether the log is still where it was when its era was settled, and of which era it is now; undefined when somebody has to settle it. */
export async function readEra(client: ClientBase): Promise<Era | undefined> {
  const lineage = await readLineage(client)
  const { epoch, settled, lineage: kept } = await readMeta(client)
  return epoch !== undefined && kept === encode(lineage) ? { epoch, settled } : undefined
}

async function readLineage(client: ClientBase): Promise<Lineage> {
  const { rows } = await client.query<{ readonly is_replica: boolean }>('SELECT pg_is_in_recovery() AS is_replica')
  if (rows[0]?.is_replica === true) throw new StoreUnavailable('this database server only reads: let BECKON_DATABASE_URL lead to the primary')
  const cluster = await askIfAllowed(client, 'SELECT system_identifier::text AS answer FROM pg_control_system()')
  const table = await askIfAllowed(client, "SELECT oid::text || '/' || 'events'::regclass::oid::text AS answer FROM pg_database WHERE datname = current_database()")
  const timeline = await askIfAllowed(client, 'SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) AS answer')
  return { place: `${cluster}/${table}`, timeline }
}

/** Empty where the service keeps it from its customers. */
async function askIfAllowed(client: ClientBase, sql: string): Promise<string> {
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return text(rows[0] ?? {}, 'answer')
  } catch (error) {
    if (error instanceof DatabaseError && error.severity === 'ERROR') return ''
    throw error
  }
}

/** Whether the installation's key is that of the first server which opened this database. `print` says nothing of the key itself. */
export async function sharesKey(client: ClientBase, print: string): Promise<boolean> {
  await client.query("INSERT INTO meta (name, value) VALUES ('key', $1) ON CONFLICT (name) DO NOTHING", [print])
  const { rows } = await client.query<Record<string, unknown>>("SELECT value FROM meta WHERE name = 'key'")
  return text(rows[0] ?? {}, 'value') === print
}

interface KeptMeta {
  readonly epoch?: string | undefined
  readonly lineage?: string | undefined
  readonly settled: number
}

async function readMeta(client: ClientBase): Promise<KeptMeta> {
  const { rows } = await client.query<Record<string, unknown>>('SELECT name, value FROM meta')
  const kept = new Map(rows.map((row) => [text(row, 'name'), text(row, 'value')]))
  return { epoch: kept.get('epoch'), lineage: kept.get('lineage'), settled: Number(kept.get('settled') ?? 0) }
}

async function writeMeta(client: ClientBase, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await client.query('INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [name, value])
  }
}

async function newEpoch(client: ClientBase): Promise<string> {
  const { rows } = await client.query<Record<string, unknown>>('SELECT gen_random_uuid()::text AS epoch')
  return text(rows[0] ?? {}, 'epoch')
}

/** All that is there is there; and the next position is after it, however the sequence came here. */
async function settlePositions(client: ClientBase): Promise<number> {
  const { rows } = await client.query<Record<string, unknown>>('SELECT coalesce(max(position), 0)::float8 AS last FROM events')
  const last = number(rows[0] ?? {}, 'last')
  if (last > 0) await client.query("SELECT setval('event_positions', greatest((SELECT last_value FROM event_positions), $1))", [last])
  return last
}

function encode({ place, timeline }: Lineage): string {
  return `${place} ${timeline}`
}

function placeOf(lineage: string | undefined): string | undefined {
  return lineage?.split(' ')[0]
}
