import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Paths, within the folder, of the files that are whole: what is still being written has another name. */
export function keptFiles(dir: string): readonly string[] {
  return namesIn(dir).flatMap((shelf) => namesIn(join(dir, shelf)).filter((name) => !name.endsWith('.part')).map((name) => join(shelf, name)))
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir).toSorted()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return []
    throw error
  }
}
