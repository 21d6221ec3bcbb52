import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { StoreUnavailable } from '@beckon/core'

export type Connection = DatabaseSync
export type Statement = StatementSync

/**
 * WAL with a sync at every commit: an acknowledged change survives the loss of power. The checkpoint comes after 16 MB of
 * journal rather than 4, which batches random pages better (docs/adr/0011-table-layout-and-thread.md).
 */
const pragmas = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'busy_timeout = 5000',
  'wal_autocheckpoint = 4000',
  'cache_size = -32768',
  'temp_store = MEMORY',
  'secure_delete = FAST',
]

/** Throws `StoreUnavailable`, saying what is wrong with the file and what to do about it. */
export function connect(file: string): Connection {
  try {
    const db = new DatabaseSync(file)
    for (const pragma of pragmas) db.exec(`PRAGMA ${pragma}`)
    return db
  } catch (error) {
    throw unavailable(error, file)
  }
}

const remedies: Readonly<Record<number, string>> = {
  5: 'another program holds the database: stop it, or give this server a data directory of its own',
  8: 'the database file is read-only: give this user the right to write it',
  11: 'the database file is damaged: restore it from a backup',
  13: 'the disk is full: make room; nothing that was acknowledged is lost',
  14: 'the database file cannot be opened: check that the directory exists and may be written',
  26: 'the file is not a database: check BECKON_DATA_DIR, or restore the file from a backup',
}

/** The engine's failure in words, with its cause kept. */
export function unavailable(error: unknown, file?: string): StoreUnavailable {
  const code = engineCode(error)
  const reason = error instanceof Error ? error.message : String(error)
  const remedy = code === undefined ? undefined : remedies[code & 0xff]
  const place = file === undefined ? '' : ` (${file})`
  return new StoreUnavailable(`the store is unavailable${place}: ${reason}${remedy === undefined ? '' : `; ${remedy}`}`, { cause: error })
}

/** SQLite's result code; its low byte is the primary code (sqlite.org/rescode.html). */
function engineCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode : undefined
}

const constraint = 19

/** A broken constraint, or a bug that is not the engine's at all: the fault of one decision, not of the store. */
export function isOwnFault(error: unknown): boolean {
  const code = engineCode(error)
  return code === undefined || (code & 0xff) === constraint
}
