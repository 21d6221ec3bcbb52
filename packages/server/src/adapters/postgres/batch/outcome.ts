import type { Pool, PoolClient } from 'pg'
import { milliseconds, type Clock, type Duration, type Instant, type Timers } from '@beckon/core'
import { optionalNumber } from '../../sql/row.ts'
import { discard } from '../connect.ts'
import { batchKey } from './transaction.ts'

export type Outcome = { readonly kind: 'committed'; readonly first: number | undefined } | { readonly kind: 'lost' }

export interface OutcomeDeps {
  readonly writes: Pool
  readonly clock: Clock
  readonly timers: Timers
}

const betweenTries: Duration = milliseconds(200)

/** Whoever still holds the batch's lock is a connection that nobody hears any more. */
const endHolder = `SELECT pg_terminate_backend(pid) FROM pg_locks, hashtextextended($1, 0) AS number
  WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid = ((number >> 32) & 4294967295)::oid AND objid = (number & 4294967295)::oid`

/**
 * What came of a batch whose connection broke while it was committing. Its lock is free when its connection has ended, one way or
 * the other, and then its row is there or it never will be. Undefined when the engine could not be asked in time.
 */
export async function outcomeOf(deps: OutcomeDeps, batchId: string, until: Instant): Promise<Outcome | undefined> {
  while (deps.clock.now() < until) {
    const outcome = await ask(deps, batchId)
    if (outcome) return outcome
    await pause(deps.timers, betweenTries)
  }
  return undefined
}

async function ask({ writes, timers }: OutcomeDeps, batchId: string): Promise<Outcome | undefined> {
  let client: PoolClient | undefined
  try {
    client = await writes.connect()
    const outcome = await lookUp(client, batchId, timers)
    client.release()
    return outcome
  } catch {
    if (client) discard(client)
    return undefined
  }
}

async function lookUp(client: PoolClient, batchId: string, timers: Timers): Promise<Outcome | undefined> {
  const { rows: taken } = await client.query<{ readonly taken: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [batchKey(batchId)])
  if (taken[0]?.taken !== true) {
    // It may be in the middle of its commit: a moment's grace, then it is ended, which leaves a commit either done or undone.
    await pause(timers, betweenTries)
    await client.query(endHolder, [batchKey(batchId)])
    return undefined
  }
  const { rows } = await client.query<Record<string, unknown>>('SELECT first_position FROM commits WHERE id = $1', [batchId])
  await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [batchKey(batchId)])
  const [row] = rows
  return row ? { kind: 'committed', first: optionalNumber(row, 'first_position') } : { kind: 'lost' }
}

function pause(timers: Timers, wait: Duration): Promise<void> {
  return new Promise((resolve) => {
    timers.after(wait, resolve)
  })
}
