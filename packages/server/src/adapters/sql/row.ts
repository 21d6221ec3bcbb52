/** One row as a driver returns it. */
export type Row = Readonly<Record<string, unknown>>

/** Reading a column as what the schema says it is; anything else is a bug in the SQL, so it is thrown. */
export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`)
  return value
}

export function number(row: Row, column: string): number {
  const value = row[column]
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'number') throw new TypeError(`column ${column} is not a number`)
  return value
}

export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column)
}

export function optionalNumber(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : number(row, column)
}

/** True or false as either engine keeps it. */
export function flag(row: Row, column: string): boolean {
  const value = row[column]
  return typeof value === 'boolean' ? value : number(row, column) === 1
}

/** The JSON of a `body` column, which only this adapter writes. */
export function body<T>(row: Row): T {
  return JSON.parse(text(row, 'body')) as T
}
