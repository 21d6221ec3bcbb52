export type Fields = Readonly<Record<string, unknown>>

const none: Fields = {}

/** Frames come from outside: every field is read as what it should be, or as absent. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : none
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function whole(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : 0
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Milliseconds since 1970 of an RFC 3339 time. */
export function instant(value: unknown): number | undefined {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(parsed) ? undefined : parsed
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
