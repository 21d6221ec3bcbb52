import { Pool, types, type ClientConfig, type PoolClient } from 'pg'
import { seconds, type Duration } from '@beckon/core'
import type { Row } from '../sql/row.ts'
import { unavailable } from './failure.ts'

export interface Connections extends AsyncDisposable {
  /** Each carries one batch at a time, and takes many statements in one round trip; one is over for everything else that writes. */
  readonly writes: Pool
  readonly reads: Pool
  /** For rows by their keys, which slow reads shall not hold up. */
  readonly lookUps: Pool
  /** One connection, for asking whether the engine answers: slow reads that fill the others do not make a healthy node look sick. */
  readonly probes: Pool
}

export interface ConnectionsGiven {
  /** `postgres://user:password@host:port/database`, with whatever else libpq's addresses say, such as `?sslmode=verify-full`. */
  readonly url: string
}

/** How many batches of one node may be under way at the same time, each on a connection of its own. */
export const mostBatches = 3
const mostReads = 8
const mostLookUps = 2

/** A statement, which its connection prepares once where it has a name. */
export interface Statement {
  readonly name?: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** A number that a caller named, as a parameter of type `integer`: the engine refuses a larger one, and with it everything that it is asked together with. No log is that long. */
export function asInteger(value: number): number {
  return Math.min(value, 2_147_483_647)
}

/** How long the engine waits for somebody else's lock before it gives up. */
const lockPatience: Duration = seconds(4)
/** How long one statement may take, and how long a transaction may stand idle: whoever holds a lock is soon gone. */
const statementPatience: Duration = seconds(10)
const idlePatience: Duration = seconds(10)
/** A network that swallows everything says nothing: after so long, more than the engine itself takes for one statement, it is given up on this side. */
const answerPatience: Duration = seconds(12)
const connectPatience: Duration = seconds(5)
const probeAfter: Duration = seconds(10)

/**
 * What every session is asked for. Lookups by key stay lookups however young a table's statistics are, plans are made once,
 * and an acknowledged commit is on the disk whatever the database's own setting says (`remote_apply` and the like are kept).
 */
const byKey = '-c enable_seqscan=off -c enable_bitmapscan=off -c plan_cache_mode=force_generic_plan -c jit=off'
const writing = `${byKey} -c default_transaction_isolation=read\\ committed`
const readOnly = '-c default_transaction_read_only=on'
const reading = `-c jit=off ${readOnly}`
const durable = `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`

/** Opens nothing yet: a connection is made when one is first wanted, and again after it was lost. */
export function connect({ url }: ConnectionsGiven): Connections {
  const writes = createPool({ ...session(url, 'beckon write'), options: writing, pipeline: true }, mostBatches + 1)
  const reads = createPool({ ...session(url, 'beckon read'), options: reading }, mostReads)
  const lookUps = createPool({ ...session(url, 'beckon look up'), options: `${byKey} ${readOnly}` }, mostLookUps)
  const probes = createPool({ ...session(url, 'beckon probe'), options: reading }, 1)
  writes.on('connect', (client) => void client.query(durable).catch(ignore))
  return {
    writes,
    reads,
    lookUps,
    probes,
    async [Symbol.asyncDispose]() {
      await Promise.all([writes.end(), reads.end(), lookUps.end(), probes.end()])
    },
  }
}

/** Every row of one answer. Rejects with `StoreUnavailable`. */
export async function readRows(pool: Pool, statement: Statement): Promise<readonly Row[]> {
  try {
    const { rows } = await pool.query<Record<string, unknown>>({ ...statement, values: [...statement.values] })
    return rows
  } catch (error) {
    throw unavailable(error)
  }
}

/** Ends a connection that nobody may use again, at once and whatever it is waiting for. */
export function discard(client: PoolClient): void {
  client.connection.stream.destroy()
  client.release(true)
}

function session(url: string, application_name: string): ClientConfig {
  return {
    connectionString: url,
    application_name,
    connectionTimeoutMillis: connectPatience,
    statement_timeout: statementPatience,
    lock_timeout: lockPatience,
    query_timeout: answerPatience,
    idle_in_transaction_session_timeout: idlePatience,
    keepAlive: true,
    keepAliveInitialDelayMillis: probeAfter,
    types: { getTypeParser },
  }
}

function createPool(config: ClientConfig, max: number): Pool {
  const pool = new Pool({ ...config, max, idleTimeoutMillis: 0 })
  // A connection that breaks says so to whoever waits for its answer; the pool makes another. Unheard, either event ends the process.
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return pool
}

function ignore(): void {
  // Said where it matters.
}

const int8 = 20
const asText: ReadonlySet<number> = new Set([114, 3802, 1082, 1114, 1184])

/** Numbers are numbers; JSON and times stay the text they are, as in the embedded engine. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (oid === int8) return Number
  if (asText.has(oid)) return String
  return types.getTypeParser(oid, format) as (value: string) => unknown
}
