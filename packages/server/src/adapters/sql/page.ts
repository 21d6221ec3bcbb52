import type { Page } from '@beckon/core'
import type { Row } from './row.ts'

/** One row more than was asked for tells that there is a next page. */
export function page<T>(rows: readonly Row[], size: number, cursorOf: (row: Row) => string, decodeRow: (row: Row) => T): Page<T> {
  const entities = rows.slice(0, size).map(decodeRow)
  const last = rows[size - 1]
  return rows.length > size && last ? { entities, next: cursorOf(last) } : { entities }
}
