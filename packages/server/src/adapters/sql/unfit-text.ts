/** What might be NUL, or half of a surrogate pair, in a text or escaped in JSON. */
export const suspicious = /\0|\\u(?:0000|d[89a-f])/i

/** Whether a value read from JSON holds text that PostgreSQL cannot look into: NUL, or half of a surrogate pair. */
export function hasUnfit(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, inner]) => hasUnfit(name) || hasUnfit(inner))
}

/** Whether PostgreSQL refuses a parameter for the NUL in it. */
export function holdsNul(parameter: unknown): boolean {
  if (typeof parameter === 'string') return parameter.includes('\0')
  return Array.isArray(parameter) && parameter.some(holdsNul)
}
