import { minutes, StoreUnavailable, type Clock, type Committed, type Duration, type Instant, type Store } from '@beckon/core'
import type { Migrated } from '../sql/migrations.ts'
import { connect, unavailable, type Connection } from './connection.ts'
import { createGroupCommit } from './group-commit.ts'
import { epochOf, migrate } from './migrate.ts'
import { createReader } from './reader.ts'
import { createTables, type Tables } from './tables.ts'

export interface SqliteStore extends Store, Disposable {
  readonly migrated: Migrated
  /** Decisions waiting for the next commit. */
  readonly waiting: number
}

export interface OpenSqliteStore {
  /** The database file, made when absent; `:memory:` for none. */
  readonly file: string
  readonly clock: Clock
}

const forgetEvery: Duration = minutes(1)

/** Opens and migrates the embedded store. Throws `StoreUnavailable` when the file cannot be used, saying why. */
export function openSqliteStore({ file, clock }: OpenSqliteStore): SqliteStore {
  const db = connect(file)
  try {
    const migrated = migrate(db)
    return assemble(db, clock, migrated)
  } catch (error) {
    db.close()
    throw error instanceof StoreUnavailable ? error : unavailable(error, file)
  }
}

function assemble(db: Connection, clock: Clock, migrated: Migrated): SqliteStore {
  const tables = createTables(db)
  // One process has this file, so whoever holds a lease is dead: their appointments need not wait for its end.
  tables.timers.freeAll()
  const listeners = new Set<(batch: readonly Committed[]) => void>()
  const group = createGroupCommit({
    db, tables, clock,
    onCommitted(batch) {
      for (const listener of listeners) listener(batch)
      if (batch.some(({ events }) => events.some(({ type }) => type === 'contact.erased'))) emptyJournal(db)
    },
  })
  let forgottenAt = clock.now()
  return {
    ...createReader(db, tables, clock, epochOf(db)),
    migrated,
    get waiting() {
      return group.waiting
    },
    transact: (work) => group.transact(work),
    claimTimers(now, lease, limit) {
      if (now - forgottenAt >= forgetEvery) {
        forgottenAt = now
        forgetExpired(tables, now)
      }
      return inTransaction(db, () => tables.timers.claim(now, lease, limit))
    },
    onCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    [Symbol.dispose]() {
      group.close()
      if (db.isOpen) db.close()
    },
  }
}

/** The journal still holds the pages as they were: what was erased is to be gone from it too. */
function emptyJournal(db: Connection): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    // A disk without room keeps the journal until the next checkpoint; what was committed is safe in it.
  }
}

function inTransaction<T>(db: Connection, run: () => T): Promise<T> {
  try {
    db.exec('BEGIN IMMEDIATE')
    const result = run()
    db.exec('COMMIT')
    return Promise.resolve(result)
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    return Promise.reject(unavailable(error))
  }
}

/** What has run out is of use to nobody; a few at a time, so that no commit waits long for it. */
function forgetExpired({ access, answers, identities }: Tables, now: Instant): void {
  answers.forgetExpired(now)
  access.tokens.forgetExpired(now)
  access.agentSessions.forgetExpired(now)
  identities.signIns.forgetExpired(now)
}
