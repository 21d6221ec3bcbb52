import type { Pool } from 'pg'
import { body, text } from '../../sql/row.ts'
import { holdsNul } from '../../sql/holds-nul.ts'
import { createQuery, type Query } from './query.ts'

/** A row's `body` by its key, or undefined where there is none. Rejects with `StoreUnavailable`. */
type LookUp<T> = (key: string) => Promise<T | undefined>

/** Makes the look-ups of a table by one of its columns that has each value once. */
export type LookUpIn = <T>(table: string, column?: string) => LookUp<T>

/** More keys would make the first of them wait for the last. */
const mostKeys = 256
/** One may be held up by its connection. */
const mostUnderWay = 2

/**
 * Looking up a row takes the engine less time than being asked for it, so those who ask for rows of one table at the same time share a
 * statement.
 *
 * Naive: a statement for each who asks, of which a send has two before it is decided upon.
 * Here: two statements for a table are under way at most, and all who ask meanwhile are in the next. It leaves after they asked, so
 * each sees what was committed before.
 */
export function createLookUps(pool: Pool): LookUpIn {
  const query = createQuery(pool)
  return <T>(table: string, column = 'id') => {
    const read = (keys: readonly string[]) => readAll<T>(query, { table, column, keys })
    return gathered(read)
  }
}

interface Asked {
  readonly table: string
  readonly column: string
  readonly keys: readonly string[]
}

async function readAll<T>({ rows }: Query, { table, column, keys }: Asked): Promise<ReadonlyMap<string, T>> {
  const found = await rows(`${table}_by_${column}`, `SELECT ${column} AS key, body FROM ${table} WHERE ${column} = ANY($1::text[])`, [keys.filter((key) => !holdsNul(key))])
  return new Map(found.map((row) => [text(row, 'key'), body<T>(row)]))
}

function gathered<T>(read: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>): LookUp<T> {
  const waiting = new Map<string, PromiseWithResolvers<T | undefined>>()
  let underWay = 0
  let isScheduled = false

  const leave = async (): Promise<void> => {
    isScheduled = false
    underWay += 1
    const leaving = [...waiting].slice(0, mostKeys)
    for (const [key] of leaving) waiting.delete(key)
    try {
      const found = await read(leaving.map(([key]) => key))
      for (const [key, { resolve }] of leaving) resolve(found.get(key))
    } catch (error) {
      for (const [, { reject }] of leaving) reject(error)
    }
    underWay -= 1
    schedule()
  }
  const schedule = (): void => {
    if (isScheduled || underWay === mostUnderWay || waiting.size === 0) return
    isScheduled = true
    setImmediate(() => void leave())
  }

  return (key) => {
    const asked = waiting.get(key) ?? Promise.withResolvers<T | undefined>()
    waiting.set(key, asked)
    schedule()
    return asked.promise
  }
}
