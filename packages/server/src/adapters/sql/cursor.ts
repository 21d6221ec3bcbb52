/** List cursors: opaque to callers, the last row's sort key to us. */
export function encodeCursor(...key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The sort key, or undefined for anything that is not a cursor of ours: the list then begins at its beginning. */
export function decodeCursor(cursor: string | undefined, length: number): readonly number[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const isKey = Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'number' && Number.isFinite(part))
    return isKey ? key : undefined
  } catch {
    return undefined
  }
}
