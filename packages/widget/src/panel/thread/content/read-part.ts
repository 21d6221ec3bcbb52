export type Part = Readonly<Record<string, unknown>>

/** Content comes from programs of the business: whatever is not as it should be is left out rather than shown wrong. */
export function part(value: unknown): Part {
  return isPart(value) ? value : {}
}

export function parts(value: unknown): readonly Part[] {
  return Array.isArray(value) ? value.map(part) : []
}

export function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** An address that may be followed or shown: nothing that runs. */
export function webAddress(value: unknown): string | undefined {
  return typeof value === 'string' && /^https?:\/\//i.test(value) ? value : undefined
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
