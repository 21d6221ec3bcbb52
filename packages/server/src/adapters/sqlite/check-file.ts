import { DatabaseSync } from 'node:sqlite'
import type { StoreCheck } from '../sql/store-check.ts'

/** Reads through the whole file without changing it; beside a running server it sees what is committed. */
export function checkFile(file: string): StoreCheck {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = db.prepare('PRAGMA quick_check(20)').all()
    const faults = rows.map((row) => String(row['quick_check'])).filter((line) => line !== 'ok')
    const newest = db.prepare('SELECT max(version) AS version FROM migrations').get()
    return { isSound: faults.length === 0, version: Number(newest?.['version'] ?? 0), faults, remedy: 'Stop the server and restore the data directory from a backup.' }
  } finally {
    db.close()
  }
}
