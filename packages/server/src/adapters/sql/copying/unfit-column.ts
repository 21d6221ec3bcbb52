import { holdsUnfitText, mayHoldUnfitText } from '@beckon/core'
import { holdsNul } from '../holds-nul.ts'
import { copiedTables, jsonColumns, type Cell, type CopiedTable } from './copied-tables.ts'

/**
 * The column, if any, with text that PostgreSQL cannot work with: NUL, or half of a surrogate pair. The edges take neither from anybody, but
 * a file may have been written by other means.
 */
export function unfitColumn(table: CopiedTable, cells: readonly Cell[]): string | undefined {
  const at = cells.findIndex((cell, index) => cell !== null && isUnfit(cell, copiedTables[table][index] ?? ''))
  return at === -1 ? undefined : copiedTables[table][at]
}

/** An escape in JSON may as well be a backslash that somebody wrote, so the value itself is looked at. */
function isUnfit(cell: string, column: string): boolean {
  return holdsNul(cell) || (mayHoldUnfitText(cell) && jsonColumns.has(column) && holdsUnfitText(JSON.parse(cell)))
}
