import type { Pool } from 'pg'
import { readEra, settleEra, type Era } from './epoch.ts'
import { whileMigrating } from './migrate.ts'

export interface FollowEra {
  readonly url: string
  /** The connections that are watched; the first are read from. */
  readonly pools: readonly [Pool, ...Pool[]]
  readonly era: Era
}

/**
 * The era as it is now, also for a server that stays up while a replica takes over: every connection is lost then, so whenever one is
 * made the era is read again, and a new one begun where nobody has yet.
 */
export function followEra({ url, pools, era }: FollowEra): () => Era {
  let current = era
  let isReading = false
  let isStale = false
  const refresh = async (): Promise<void> => {
    isStale = true
    if (isReading) return
    isReading = true
    try {
      while (isStale) {
        isStale = false
        current = (await readFrom(pools[0])) ?? (await whileMigrating({ url }, settleEra))
      }
    } catch {
      // The engine is away: whoever reaches it next makes a connection, and with that asks again.
    } finally {
      isReading = false
    }
  }
  for (const pool of pools) pool.on('connect', () => void refresh())
  return () => current
}

async function readFrom(reads: Pool): Promise<Era | undefined> {
  const client = await reads.connect()
  try {
    return await readEra(client)
  } finally {
    client.release()
  }
}
