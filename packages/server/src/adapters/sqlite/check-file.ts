import { DatabaseSync } from 'node:sqlite'

export interface FileCheck {
  readonly isSound: boolean
  /** Schema version of the file. */
  readonly version: number
  /** What is wrong, in SQLite's words. Empty when nothing is. */
  readonly faults: readonly string[]
}

/** Reads through the whole file without changing it; beside a running server it sees what is committed. */
export function checkFile(file: string): FileCheck {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = db.prepare('PRAGMA quick_check(20)').all()
    const faults = rows.map((row) => String(row['quick_check'])).filter((line) => line !== 'ok')
    const newest = db.prepare('SELECT max(version) AS version FROM migrations').get()
    return { isSound: faults.length === 0, version: Number(newest?.['version'] ?? 0), faults }
  } finally {
    db.close()
  }
}
