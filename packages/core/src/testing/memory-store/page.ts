import type { Page, PageRequest } from '../../ports/reader.ts'
import type { Row } from './tables.ts'

/** Rows in falling order of their key, from behind the cursor on. The key is told to the caller as the cursor. */
export function pageOf<T>(rows: Iterable<Row<T>>, { size, cursor }: PageRequest, keyOf: (row: Row<T>) => readonly [number, number]): Page<T> {
  const from = cursor === undefined ? undefined : readCursor(cursor)
  const behind = [...rows]
    .filter((row) => from === undefined || compare(keyOf(row), from) < 0)
    .toSorted((one, other) => compare(keyOf(other), keyOf(one)))
  const entities = behind.slice(0, size).map((row) => row.value)
  const last = behind[size - 1]
  return behind.length > size && last ? { entities, next: keyOf(last).join(':') } : { entities }
}

export function newestFirst<T>(row: Row<T>): readonly [number, number] {
  return [row.place, 0]
}

export function oldestFirst<T>(row: Row<T>): readonly [number, number] {
  return [-row.place, 0]
}

/** Undefined for anything that is not a cursor of ours: the list then begins at its beginning. */
function readCursor(cursor: string): readonly [number, number] | undefined {
  const [major, minor] = cursor.split(':').map(Number)
  return Number.isInteger(major) && Number.isInteger(minor) ? [major ?? 0, minor ?? 0] : undefined
}

function compare([major, minor]: readonly [number, number], [otherMajor, otherMinor]: readonly [number, number]): number {
  return major - otherMajor || minor - otherMinor
}
