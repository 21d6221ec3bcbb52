import { crc32 } from 'node:zlib'

/** A place in one list as callers keep it, with a check that a damaged one, or one of another list, does not pass. */
export function writePageCursor(path: string, place: string): string {
  return `${checkOf(path, place)}${separator}${place}`
}

/** The place, as the store knows it; undefined for what this list never gave out. */
export function readPageCursor(path: string, cursor: string): string | undefined {
  const end = cursor.indexOf(separator)
  const place = cursor.slice(end + 1)
  return end > 0 && cursor.slice(0, end) === checkOf(path, place) ? place : undefined
}

const separator = '.'

function checkOf(path: string, place: string): string {
  return crc32(`${path} ${place}`).toString(36)
}
