import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { StoreUnavailable } from '@beckon/core'
import { text } from '../sql/row.ts'
import { connect, unavailable, type Connection } from './connection.ts'

export interface Migrated {
  /** Schema versions: 0 is an empty file. */
  readonly from: number
  readonly to: number
  readonly applied: readonly string[]
}

interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

const folder = new URL('./migrations/', import.meta.url)

/** Brings the file to the newest schema: forward only, each migration one transaction, recorded with its checksum. */
export function migrateSqlite({ file }: { readonly file: string }): Migrated {
  const db = connect(file)
  try {
    return migrate(db)
  } finally {
    db.close()
  }
}

/** Throws `StoreUnavailable` for a file written by a newer server, or by a migration that was changed after its release. */
export function migrate(db: Connection): Migrated {
  try {
    db.exec('CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)')
    db.exec('CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID')
    db.exec("INSERT OR IGNORE INTO meta (name, value) VALUES ('epoch', lower(hex(randomblob(16))))")
    const known = migrations()
    const from = verify(db, known)
    const pending = known.filter((migration) => migration.version > from)
    for (const migration of pending) apply(db, migration)
    return { from, to: known.at(-1)?.version ?? from, applied: pending.map((migration) => migration.name) }
  } catch (error) {
    throw error instanceof StoreUnavailable ? error : unavailable(error)
  }
}

export function epochOf(db: Connection): string {
  return text(db.prepare("SELECT value FROM meta WHERE name = 'epoch'").get() ?? {}, 'value')
}

function migrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      return { version: Number(name.slice(0, 4)), name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** The version the file is at. */
function verify(db: Connection, known: readonly Migration[]): number {
  const recorded = db.prepare('SELECT version, name, checksum FROM migrations ORDER BY version').all()
  for (const row of recorded) {
    const migration = known.find((one) => one.version === row['version'])
    if (!migration) throw new StoreUnavailable(`the database was written by a newer server (it has ${text(row, 'name')}): run that version, or restore an older backup`)
    if (migration.checksum !== row['checksum']) throw new StoreUnavailable(`migration ${migration.name} is not the one this database was made with: a released migration must never change`)
  }
  return recorded.length === 0 ? 0 : Number(recorded.at(-1)?.['version'])
}

function apply(db: Connection, migration: Migration): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec(migration.sql)
    db.prepare('INSERT INTO migrations (version, name, checksum) VALUES (?, ?, ?)').run(migration.version, migration.name, migration.checksum)
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
