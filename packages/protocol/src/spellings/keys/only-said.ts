/** The fields that say something. */
export function onlySaid(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** The same as the value of a field: nothing at all when none of its own says anything. */
export function anySaid(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const said = onlySaid(fields)
  return Object.keys(said).length === 0 ? undefined : said
}
