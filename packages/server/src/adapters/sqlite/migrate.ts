import { StoreUnavailable } from '@beckon/core'
import { pendingMigrations, readMigrations, type Migrated, type Migration, type RecordedMigration } from '../sql/migrations.ts'
import { number, text } from '../sql/row.ts'
import { connect, unavailable, type Connection } from './connection.ts'

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

/** Throws `StoreUnavailable` for a file that this program cannot work with: see `pendingMigrations`. */
export function migrate(db: Connection, known: readonly Migration[] = readMigrations(folder)): Migrated {
  try {
    prepareLedger(db)
    const { from, pending } = pendingMigrations(known, recordedMigrations(db))
    for (const migration of pending) apply(db, migration)
    return { from, to: Math.max(from, known.at(-1)?.version ?? 0), applied: pending.map(({ name }) => name) }
  } catch (error) {
    throw error instanceof StoreUnavailable ? error : unavailable(error)
  }
}

export function epochOf(db: Connection): string {
  return text(db.prepare("SELECT value FROM meta WHERE name = 'epoch'").get() ?? {}, 'value')
}

function prepareLedger(db: Connection): void {
  db.exec('CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, compatible_with INTEGER)')
  // Files from before this column: what they hold is known to every program that can open them.
  const columns = db.prepare('PRAGMA table_info(migrations)').all()
  if (!columns.some((row) => row['name'] === 'compatible_with')) db.exec('ALTER TABLE migrations ADD COLUMN compatible_with INTEGER')
  db.exec('CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID')
  db.exec("INSERT OR IGNORE INTO meta (name, value) VALUES ('epoch', lower(hex(randomblob(16))))")
}

function recordedMigrations(db: Connection): readonly RecordedMigration[] {
  const rows = db.prepare('SELECT version, name, checksum, coalesce(compatible_with, version) AS compatible_with FROM migrations ORDER BY version').all()
  return rows.map((row) => ({ version: number(row, 'version'), name: text(row, 'name'), checksum: text(row, 'checksum'), compatibleWith: number(row, 'compatible_with') }))
}

function apply(db: Connection, migration: Migration): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec(migration.sql)
    db.prepare('INSERT INTO migrations (version, name, checksum, compatible_with) VALUES (?, ?, ?, ?)').run(migration.version, migration.name, migration.checksum, migration.compatibleWith)
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
