import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { number } from '../sql/row.ts'
import { unavailable } from './connection.ts'
import { epochOf } from './migrate.ts'

export interface BackedUp {
  readonly epoch: string
  /** Of the feed: what came later is not in the copy. */
  readonly lastPosition: number
}

/**
 * Writes what is committed at this moment into a new file, beside a running server and without holding it up: readers of a journal do not
 * stand in the writer's way. Nothing of what was erased is in it, not even in free pages. Throws `StoreUnavailable`.
 */
export function backUpFile(from: string, to: string): BackedUp {
  return using(from, { readOnly: true }, (db) => {
    // The engine writes into an empty file as into a new one, and would let everybody read what it makes itself.
    closeSync(openSync(to, 'wx', 0o600))
    db.prepare('VACUUM INTO ?').run(to)
    return using(to, { readOnly: true }, readPlace)
  })
}

/** Makes it another log: whoever resumes from before is told to fetch everything again. */
export function renewEpoch(file: string): BackedUp {
  return using(file, {}, (db) => {
    db.exec("UPDATE meta SET value = lower(hex(randomblob(16))) WHERE name = 'epoch'")
    return readPlace(db)
  })
}

function readPlace(db: DatabaseSync): BackedUp {
  return { epoch: epochOf(db), lastPosition: number(db.prepare('SELECT coalesce(max(position), 0) AS position FROM events').get() ?? {}, 'position') }
}

function using<T>(file: string, options: { readonly readOnly?: boolean }, run: (db: DatabaseSync) => T): T {
  try {
    const db = new DatabaseSync(file, options)
    try {
      return run(db)
    } finally {
      db.close()
    }
  } catch (error) {
    throw unavailable(error, file)
  }
}
