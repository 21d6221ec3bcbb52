import { StoreUnavailable } from '@beckon/core'
import type { Pool } from 'pg'
import { body, type Row } from '../../sql/row.ts'
import { holdsNul } from '../../sql/holds-nul.ts'
import { readRows, type Statement } from '../connect.ts'
import { isConnectionLost } from '../failure.ts'

/** Reads of committed rows, each with a snapshot of its own. All reject with `StoreUnavailable`. */
export interface Query {
  rows(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]>
  first(name: string, text: string, values: readonly unknown[]): Promise<Row | undefined>
  /** The `body` of the first row. */
  one<T>(name: string, text: string, values: readonly unknown[]): Promise<T | undefined>
  /** The `body` of each row. */
  all<T>(name: string, text: string, values: readonly unknown[]): Promise<readonly T[]>
}

/** `name` stands for `text` on every connection, which prepares it once. */
export function createQuery(pool: Pool): Query {
  // No text that is stored holds NUL, so nothing is found by one; the engine would not even look, and callers would take it for away.
  const rows: Query['rows'] = async (name, text, values) => (values.some(holdsNul) ? [] : readTwice(pool, { name, text, values }))
  const first: Query['first'] = async (name, text, values) => (await rows(name, text, values))[0]
  return {
    rows,
    first,
    async one<T>(name: string, text: string, values: readonly unknown[]) {
      const row = await first(name, text, values)
      return row && body<T>(row)
    },
    all: async <T>(name: string, text: string, values: readonly unknown[]) => (await rows(name, text, values)).map((row) => body<T>(row)),
  }
}

/** A connection that was lost while nobody used it is noticed by the next who does: reading changes nothing, so it is asked again on another. */
async function readTwice(pool: Pool, statement: Statement): Promise<readonly Row[]> {
  try {
    return await readRows(pool, statement)
  } catch (error) {
    if (!(error instanceof StoreUnavailable) || !isConnectionLost(error.cause)) throw error
    return readRows(pool, statement)
  }
}
