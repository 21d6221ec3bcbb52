/** The fields of what may be an object. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries<unknown>({ ...value })) : {}
}

/** The parameters of a path, which are all text. */
export function textsOf(params: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(recordOf(params)).map(([name, value]) => [name, String(value)]))
}
