/** A JSON object as it came, of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands at a path such as `body.channel.time`; undefined where the path leads nowhere. */
export function at(value: unknown, path: string): unknown {
  let here = value
  for (const step of path.split('.')) {
    if (Array.isArray(here)) here = here[Number(step)]
    else if (isJson(here)) here = here[step]
    else return undefined
  }
  return here
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, path: string): readonly unknown[] {
  const list = at(value, path)
  return Array.isArray(list) ? list : []
}

export function textAt(value: unknown, path: string): string {
  const text = at(value, path)
  return typeof text === 'string' ? text : ''
}

/** A value in one line that a report has room for. */
export function brief(value: unknown, room = 400): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > room ? `${text.slice(0, room)}…` : text
}
