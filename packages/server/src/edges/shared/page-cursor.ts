import { crc32 } from 'node:zlib'
import { ok, refuse, type PageRequest, type Result } from '@beckon/core'

/** A place in one list as callers keep it, with a check that a damaged one, or one of another list, does not pass. */
export function writePageCursor(path: string, place: string): string {
  return `${checkOf(path, place)}${separator}${place}`
}

/** Which part of which list. A cursor that this list did not give out is refused: page one in its place would be read as the next. */
export function readPage(path: string, { size, cursor, field }: { readonly size: number; readonly cursor: unknown; readonly field: string }): Result<PageRequest> {
  if (typeof cursor !== 'string') return ok({ size })
  const place = readPageCursor(path, cursor)
  const strange = { pointer: `?${field}`, detail: 'is not a cursor of this list: follow the nextUri of an earlier page as it is' }
  return place === undefined ? refuse({ code: 'invalid_request', faults: [strange] }) : ok({ size, cursor: place })
}

/** The place, as the store knows it; undefined for what this list never gave out. */
function readPageCursor(path: string, cursor: string): string | undefined {
  const end = cursor.indexOf(separator)
  const place = cursor.slice(end + 1)
  return end > 0 && cursor.slice(0, end) === checkOf(path, place) ? place : undefined
}

const separator = '.'

function checkOf(path: string, place: string): string {
  return crc32(`${path} ${place}`).toString(36)
}
