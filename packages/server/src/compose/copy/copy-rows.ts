import { copiedTableNames, CopyRefused, type CopiedRow, type CopiedTable, type CopySource, type CopyTarget } from '../../adapters/sql/copying/copied-tables.ts'
import { createSumming } from '../../adapters/sql/copying/table-sum.ts'
import { unfitColumn } from '../../adapters/sql/copying/unfit-column.ts'

/** Told after each batch, and before the first one of a table. */
export interface CopyStep {
  readonly phase: 'copying' | 'verifying'
  readonly table: CopiedTable
  /** Of all tables together, those that were there when the copy began to go on included. */
  readonly rowsDone: number
  readonly rowsInAll: number
}

export interface Carry {
  readonly source: CopySource
  readonly target: CopyTarget
  /** Rows that become durable together. */
  readonly batchRows: number
  readonly onStep: (step: CopyStep) => void
  readonly stop: AbortSignal
}

/** Carries over what the target lacks. Ended at any moment and called again, it goes on after the last batch that is durable. */
export async function carryRows({ source, target, batchRows, onStep, stop }: Carry): Promise<void> {
  const rowsInAll = copiedTableNames.reduce((sum, table) => sum + source.count(table), 0)
  let rowsDone = copiedTableNames.reduce((sum, table) => sum + target.progressOf(table).rows, 0)
  for (const table of copiedTableNames) {
    onStep({ phase: 'copying', table, rowsDone, rowsInAll })
    let after = target.progressOf(table).after
    // The engine writes one batch while the next one is read.
    let writing = Promise.resolve()
    for (let isMore = true; isMore; ) {
      stop.throwIfAborted()
      const rows = source.rows(table, after, batchRows)
      refuseUnfit(table, rows)
      await writing
      onStep({ phase: 'copying', table, rowsDone, rowsInAll })
      writing = target.write(table, rows)
      writing.catch(() => undefined)
      rowsDone += rows.length
      after = rows.at(-1)?.key
      isMore = rows.length === batchRows
    }
    await writing
    onStep({ phase: 'copying', table, rowsDone, rowsInAll })
  }
}

export interface VerifiedTable {
  readonly table: CopiedTable
  readonly rows: number
  readonly checksum: string
}

/** Reads both sides once more from beginning to end. Throws `CopyRefused`, naming the tables that differ. */
export async function verifyRows({ source, target, batchRows, onStep, stop }: Carry): Promise<readonly VerifiedTable[]> {
  const rowsInAll = copiedTableNames.reduce((sum, table) => sum + source.count(table), 0)
  let rowsDone = 0
  const verified: VerifiedTable[] = []
  const faults: string[] = []
  for (const table of copiedTableNames) {
    const copied = target.sum(table)
    copied.catch(() => undefined)
    const summing = createSumming()
    for await (const rows of batches(source, table, batchRows)) {
      stop.throwIfAborted()
      for (const { cells } of rows) summing.add(cells)
      rowsDone += rows.length
      onStep({ phase: 'verifying', table, rowsDone, rowsInAll })
    }
    const [is, shouldBe] = [await copied, summing.total()]
    if (is.rows !== shouldBe.rows) faults.push(`${table} has ${is.rows} rows and should have ${shouldBe.rows}`)
    else if (is.checksum !== shouldBe.checksum) faults.push(`${table} has the right number of rows, but not all of them are equal`)
    verified.push({ table, ...is })
  }
  if (faults.length === 0) return verified
  throw new CopyRefused(`The copy is not equal to its source: ${faults.join('; ')}.`, [
    'Was a server started on one of them meanwhile? Begin again with an empty database, and no server on either',
  ])
}

async function* batches(source: CopySource, table: CopiedTable, limit: number): AsyncIterable<readonly CopiedRow[]> {
  for (let rows = source.rows(table, undefined, limit); rows.length > 0; rows = source.rows(table, rows.at(-1)?.key, limit)) {
    yield rows
    if (rows.length < limit) return
  }
}

function refuseUnfit(table: CopiedTable, rows: readonly CopiedRow[]): void {
  for (const { key, cells } of rows) {
    const column = unfitColumn(table, cells)
    if (column === undefined) continue
    throw new CopyRefused(`The row ${key.join(', ')} of ${table} holds a NUL character or half of a surrogate pair in ${column}, which PostgreSQL cannot work with.`, [
      'No caller can have sent that: repair the row in the file, then go on with the same command',
    ])
  }
}
