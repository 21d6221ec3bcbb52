import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { StoreUnavailable } from '@beckon/core'

/** What bringing a database to this program's version came to. */
export interface Migrated {
  /** Schema versions: 0 is an empty database. `to` is greater than this program's own beside newer servers. */
  readonly from: number
  readonly to: number
  readonly applied: readonly string[]
}

/**
 * One file of a `migrations` folder. Its first lines may say, each in a comment of its own:
 * - `compatible-with: 0004`: servers of that version and later can go on working beside it (docs/adr/0032-feed-order-and-the-horizon.md);
 *   without it, older ones are refused from then on;
 * - `outside-a-transaction`: each of its statements commits by itself, as `CREATE INDEX CONCURRENTLY` has to. They must stand being run
 *   again from the first one on, and each ends with a semicolon at the end of a line.
 */
export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
  /** The oldest version that may run beside it. */
  readonly compatibleWith: number
  readonly isOutsideTransaction: boolean
}

/** A migration as the database remembers it. */
export type RecordedMigration = Pick<Migration, 'version' | 'name' | 'checksum' | 'compatibleWith'>

/** The migrations of a folder, in order. */
export function readMigrations(folder: URL): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => parseMigration(name, readFileSync(new URL(name, folder), 'utf8')))
}

export function parseMigration(name: string, sql: string): Migration {
  const version = Number(name.slice(0, 4))
  const head = /^(?:--.*\n)*/.exec(sql)?.[0] ?? ''
  const compatible = /^-- compatible-with: (\d{4})$/m.exec(head)?.[1]
  return {
    version, name, sql,
    checksum: createHash('sha256').update(sql).digest('hex'),
    compatibleWith: compatible === undefined ? version : Number(compatible),
    isOutsideTransaction: /^-- outside-a-transaction$/m.test(head),
  }
}

/** The statements of a migration that commits each by itself. */
export function statementsOf({ sql }: Migration): readonly string[] {
  return sql.split(/;[ \t]*$/m).filter((statement) => statement.replaceAll(/^\s*--.*$/gm, '').trim() !== '')
}

/**
 * What is left to do, where all that was done is known or can be worked beside. Throws `StoreUnavailable` for a database of a newer
 * server that says that this one cannot, and for one that was made by other migrations than these.
 */
export function pendingMigrations(known: readonly Migration[], recorded: readonly RecordedMigration[]): { readonly from: number; readonly pending: readonly Migration[] } {
  const newest = known.at(-1)?.version ?? 0
  for (const done of recorded) {
    if (done.version > newest) refuseNewer(done, newest)
    else refuseOther(done, known)
  }
  const from = recorded.reduce((version, done) => Math.max(version, done.version), 0)
  const skipped = known.find(({ version }) => version <= from && !recorded.some((done) => done.version === version))
  if (skipped) throw new StoreUnavailable(`the database is at version ${String(from)} and has not seen migration ${skipped.name}: it was made by another program; restore a backup of this one`)
  return { from, pending: known.filter(({ version }) => version > from) }
}

function refuseNewer({ name, compatibleWith }: RecordedMigration, newest: number): void {
  if (compatibleWith <= newest) return
  throw new StoreUnavailable(`the database was written by a newer server (it has ${name}): run that version, or restore an older backup`)
}

function refuseOther(done: RecordedMigration, known: readonly Migration[]): void {
  const migration = known.find(({ version }) => version === done.version)
  if (!migration) throw new StoreUnavailable(`the database has a migration that this server does not know (${done.name}): it was made by another program`)
  if (migration.checksum !== done.checksum) throw new StoreUnavailable(`migration ${migration.name} is not the one this database was made with: a released migration must never change`)
}
