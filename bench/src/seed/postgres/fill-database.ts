import { once } from 'node:events'
import { must } from '../../must.ts'
import type { PostgresCluster } from '../../services/postgres.ts'
import type { SeededTable } from './copied-rows.ts'
import { seededTables } from './copied-rows.ts'
import type { Template } from './template.ts'
import { ENTRIES_EACH } from './thread-shape.ts'

/** Long enough that a call costs little, short enough that a block is written while the next is made. */
const CHUNK_CHARACTERS = 1_000_000
const PROGRESS_EVERY_MILLIS = 15_000

/**
 * Fills a migrated database with so many entries by COPY, without indexes, which are built afterwards as the migrations describe them.
 * COPY freezes the rows (they need no vacuum before they are measured) and, where the cluster's `wal_level` is minimal, logs nothing.
 */
export async function fillDatabase(cluster: PostgresCluster, database: string, template: Template, entries: number): Promise<void> {
  const tables = seededTables(template, entries / ENTRIES_EACH, entries)
  const indexes = await dropIndexes(cluster, database, tables.map(({ name }) => name))
  const [events, ...others] = tables.toReversed()
  await Promise.all([copyTable(cluster, database, must(events, 'the events')), copyInTurn(cluster, database, others)])
  await Promise.all([buildInTurn(cluster, database, indexes.filter((_, at) => at % 2 === 0)), buildInTurn(cluster, database, indexes.filter((_, at) => at % 2 === 1))])
  await cluster.query(database, `SELECT setval('event_positions', (SELECT max(position) FROM events)); ANALYZE; CHECKPOINT`)
}

async function copyInTurn(cluster: PostgresCluster, database: string, tables: readonly SeededTable[]): Promise<void> {
  for (const table of tables) await copyTable(cluster, database, table)
}

async function copyTable(cluster: PostgresCluster, database: string, { name, columns, rows, lines }: SeededTable): Promise<void> {
  // FREEZE asks for a table that this transaction has made or emptied; the template's rows go with it.
  const copy = cluster.copyIn(database, `TRUNCATE ${name}`, `COPY ${name} (${columns}) FROM STDIN WITH (FREEZE)`)
  let written = 0
  let told = performance.now()
  let chunk = ''
  for (const line of lines()) {
    chunk += line
    written += 1
    if (chunk.length < CHUNK_CHARACTERS) continue
    if (!copy.rows.write(chunk, 'latin1')) await once(copy.rows, 'drain')
    chunk = ''
    if (performance.now() - told < PROGRESS_EVERY_MILLIS) continue
    told = performance.now()
    console.error(`    ${name}: ${((written / rows) * 100).toFixed(0)} %`)
  }
  copy.rows.write(chunk, 'latin1')
  await copy.finish()
}

/** Resolves with the statements that build again what it has dropped, the primary keys included. */
async function dropIndexes(cluster: PostgresCluster, database: string, tables: readonly string[]): Promise<readonly string[]> {
  const named = tables.map((name) => `'${name}'::regclass`).join(', ')
  const rows = await cluster.query(database, `
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname), format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid IN (${named})
    UNION ALL SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
      FROM pg_index WHERE indrelid IN (${named}) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`)
  const statements = rows.split('\n').map((row) => row.split('|'))
  await cluster.query(database, statements.map(([drop]) => drop).join('; '))
  return statements.map(([, build]) => must(build, 'how an index is built'))
}

async function buildInTurn(cluster: PostgresCluster, database: string, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    console.error(`    ${statement.slice(0, 90)}`)
    await cluster.query(database, `SET maintenance_work_mem = '1GB'; ${statement}`)
  }
}
