import type { Cell } from '../../sql/copying/copied-tables.ts'

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** One row in the text format of `COPY`. */
export function copyLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (cell === null ? '\\N' : cell.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character))).join('\t')}\n`
}
