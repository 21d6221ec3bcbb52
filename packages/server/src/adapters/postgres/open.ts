import { minutes, type Clock, type Committed, type Duration, type IdSource, type Instant, type Store, type Timers } from '@beckon/core'
import type { Pool } from 'pg'
import type { Migrated } from '../sql/migrations.ts'
import { connect, readRows, type Connections } from './connect.ts'
import { refuseUnfinishedCopy } from './copying/copy-ledger.ts'
import { settleEra, sharesKey, type Era } from './epoch.ts'
import { followEra } from './follow-era.ts'
import { forgetExpired } from './forget.ts'
import { createGroupCommit } from './group-commit.ts'
import { migrate, whileMigrating, type MigratePostgres } from './migrate.ts'
import { createReader } from './reader.ts'
import { claimTimers } from './timers.ts'

export interface PostgresStore extends Store, AsyncDisposable {
  readonly migrated: Migrated
  /** False for a node with another key than its database's: it cannot hear the others, nor open what they sealed. */
  readonly hasSharedKey: boolean
  /** Decisions waiting for the next commit. */
  readonly waiting: number
  /** The database's own clock, which is the same for all of its nodes. */
  time(): Promise<Instant>
}

export interface OpenPostgresStore extends Pick<MigratePostgres, 'url' | 'onStep' | 'known'> {
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: IdSource
  /** Of the installation's key, the same for all who have it. Without one nothing is compared. */
  readonly keyPrint?: string
}

const forgetEvery: Duration = minutes(1)

/**
 * Migrates and opens the store of many nodes. Rejects with `StoreUnavailable`, saying what is wrong with the database and what to do.
 * Disposing commits what is waiting, and then lets go of the connections.
 */
export async function openPostgresStore(given: OpenPostgresStore): Promise<PostgresStore> {
  const { migrated, era, hasSharedKey } = await whileMigrating(given, async (client) => {
    await refuseUnfinishedCopy(client)
    return { migrated: await migrate(client, given), era: await settleEra(client), hasSharedKey: given.keyPrint === undefined || (await sharesKey(client, given.keyPrint)) }
  })
  return assemble(given, { connections: connect(given), migrated, era, hasSharedKey })
}

interface Opened {
  readonly connections: Connections
  readonly migrated: Migrated
  readonly era: Era
  readonly hasSharedKey: boolean
}

function assemble({ url, clock, timers, ids }: OpenPostgresStore, { connections, migrated, era, hasSharedKey }: Opened): PostgresStore {
  const { reads, lookUps, writes, probes } = connections
  const eraNow = followEra({ url, pools: [reads, lookUps, probes], era })
  const forgetting = createForgetting(writes, clock.now())
  const listeners = new Set<(batch: readonly Committed[]) => void>()
  const group = createGroupCommit({
    writes, clock, timers, ids,
    onCommitted(batch) {
      for (const listener of listeners) listener(batch)
    },
  })
  return {
    ...createReader(connections, clock, () => eraNow().settled),
    migrated,
    hasSharedKey,
    get epoch() {
      return eraNow().epoch
    },
    get waiting() {
      return group.waiting
    },
    transact: (work) => group.transact(work),
    async ping() {
      await readRows(probes, { name: 'ping', text: 'SELECT 1', values: [] })
    },
    claimTimers(now, lease, limit) {
      forgetting.goOn(now)
      return claimTimers(writes, now, lease, limit)
    },
    onCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([group.close(), forgetting.ended()])
      await connections[Symbol.asyncDispose]()
    },
  }
}

/** Beside the claims of whoever keeps appointments, and in nobody's way: what is left over is forgotten the next time. */
function createForgetting(writes: Pool, start: Instant) {
  let forgottenAt = start
  let underWay = Promise.resolve()
  return {
    goOn(now: Instant): void {
      if (now - forgottenAt < forgetEvery) return
      forgottenAt = now
      underWay = underWay.then(() => forgetExpired(writes, now)).catch(() => undefined)
    },
    ended: () => underWay,
  }
}
