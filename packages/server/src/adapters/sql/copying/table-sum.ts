import { createHash } from 'node:crypto'
import type { Cell, TableSum } from './copied-tables.ts'

/** Adds up rows in any order. */
export interface Summing {
  add(cells: readonly Cell[]): void
  total(): TableSum
}

/** As many hexadecimal digits of a row's hash as fit into a whole number of 60 bits. */
const digits = 15

/**
 * The sum of the rows' hashes: other than with an exclusive or, a row that is there twice is noticed. A cell stands in the hashed text
 * with its length in bytes before it, so that no two rows have the same text. `sumInSql` is the same in PostgreSQL's words.
 */
export function createSumming(): Summing {
  let [rows, sum] = [0, 0n]
  return {
    add(cells) {
      const text = cells.map((cell) => (cell === null ? '-' : `${Buffer.byteLength(cell)}:${cell}`)).join('')
      rows += 1
      sum += BigInt(`0x${createHash('md5').update(text).digest('hex').slice(0, digits)}`)
    },
    total: () => ({ rows, checksum: sum.toString(16) }),
  }
}

/** Answers `rows` and `sum` (decimal) of a table. */
export function sumInSql(table: string, columns: readonly string[]): string {
  const cells = columns.map((column) => `coalesce(octet_length(${column}::text) || ':' || ${column}::text, '-')`)
  return `SELECT count(*) AS rows, coalesce(sum(('x' || left(md5(${cells.join(' || ')}), ${String(digits)}))::bit(60)::bigint), 0)::text AS sum FROM ${table}`
}
