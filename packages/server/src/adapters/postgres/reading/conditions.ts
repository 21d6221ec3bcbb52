/** What a list is narrowed by: each condition only when it is asked for, so that each list has the index that fits it. */
export interface Conditions {
  readonly values: unknown[]
  /** `sql` says where the value goes by `?`; `name` tells this condition from others in the statement's name. */
  add(name: string, sql: string, value: unknown): void
  /** `WHERE …`, or nothing. */
  where(): string
  /** One name for one set of conditions. */
  nameOf(list: string): string
  /** The place of a value that is no condition. */
  place(value: unknown): string
}

/** Conditions of one statement that stand at different places of it share their values: `beside` are the others. */
export function createConditions(beside?: Conditions): Conditions {
  const names: string[] = []
  const parts: string[] = []
  const values: unknown[] = beside?.values ?? []
  const place = (value: unknown): string => {
    values.push(value)
    return `$${String(values.length)}`
  }
  return {
    values,
    place,
    add(name, sql, value) {
      names.push(name)
      const given = sql.includes('?') ? place(value) : ''
      parts.push(sql.replaceAll('?', given))
    },
    where: () => (parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`),
    nameOf: (list) => [list, ...names].join('_'),
  }
}

/** Finds the text anywhere, taking none of it for a wildcard. In lower case, as what is searched. */
export function patternOf(text: string): string {
  return `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

/** One contact's rows are few: they are taken first and sorted then, rather than looked for along the order of the whole table. */
export function ownRows(conditions: Conditions, table: string, contactId: string | undefined): string {
  return contactId === undefined ? table : `(SELECT * FROM ${table} WHERE contact_id = ${conditions.place(contactId)} OFFSET 0) AS ${table}`
}
