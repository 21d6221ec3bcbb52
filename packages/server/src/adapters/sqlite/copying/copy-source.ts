import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { copiedTables, CopyRefused, type Cell, type CopiedRow, type CopiedTable, type CopySource, type RowKey } from '../../sql/copying/copied-tables.ts'
import { readMigrations } from '../../sql/migrations.ts'
import { number } from '../../sql/row.ts'
import { epochOf } from '../migrate.ts'
import { selections } from './selections.ts'

/**
 * Opens the embedded store for copying and changes nothing in it. Everything is read as of this moment. Throws `CopyRefused` when it
 * is not of this program's version, or damaged.
 */
export function openCopySource(file: string): CopySource {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    db.exec('BEGIN')
    checkVersion(db, file)
    checkOwners(db)
    return createSource(db)
  } catch (error) {
    db.close()
    throw error
  }
}

function createSource(db: DatabaseSync): CopySource {
  const reads = new Map<string, StatementSync>()
  const read = (table: CopiedTable, isFirst: boolean): StatementSync => {
    const name = `${table} ${String(isFirst)}`
    const known = reads.get(name)
    if (known) return known
    const statement = db.prepare(selectSql(table, isFirst))
    statement.setReturnArrays(true)
    reads.set(name, statement)
    return statement
  }
  return {
    epoch: epochOf(db),
    lastPosition: number(db.prepare('SELECT coalesce(max(position), 0) AS position FROM events').get() ?? {}, 'position'),
    count: (table) => number(db.prepare(`SELECT count(*) AS rows FROM ${table}`).get() ?? {}, 'rows'),
    rows(table, after, limit) {
      const width = selections[table].key.length
      const rows: unknown = read(table, after === undefined).all(...(after ?? []), limit)
      // The statement returns arrays, which its types do not know of.
      return (rows as readonly (readonly (string | number | null)[])[]).map((row): CopiedRow => ({ key: row.slice(0, width) as RowKey, cells: row.slice(width) as readonly Cell[] }))
    },
    [Symbol.dispose]: () => db.close(),
  }
}

function selectSql(table: CopiedTable, isFirst: boolean): string {
  const { key, columns = {}, from = table } = selections[table]
  const cells = copiedTables[table].map((column) => `CAST(${columns[column] ?? column} AS TEXT)`)
  const onwards = isFirst ? '' : `WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')})`
  return `SELECT ${[...key, ...cells].join(', ')} FROM ${from} ${onwards} ORDER BY ${key.join(', ')} LIMIT ?`
}

function checkVersion(db: DatabaseSync, file: string): void {
  const version = number(db.prepare('SELECT max(version) AS version FROM migrations').get() ?? {}, 'version')
  const wanted = readMigrations(new URL('../migrations/', import.meta.url)).at(-1)?.version ?? 0
  if (version < wanted) throw new CopyRefused(`The database ${file} is at version ${version}, and this program copies version ${wanted}.`, ['Bring it there first: beckon migrate --data-dir <its folder>'])
  if (version > wanted) throw new CopyRefused(`The database ${file} was written by a newer server.`, ['Copy it with that version'])
}

/** Not one event may be somebody else's than its conversation: the copy does not write such a thing down. */
function checkOwners(db: DatabaseSync): void {
  const odd = db.prepare(`SELECT position FROM events JOIN conversations ON conversations.key = conversation_key
    WHERE events.contact_key IS NOT conversations.contact_key LIMIT 1`).get()
  if (odd) throw new CopyRefused(`The event at position ${number(odd, 'position')} belongs to another contact than its conversation; the file is damaged.`, ['Restore it from a backup'])
}
