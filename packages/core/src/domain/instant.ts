/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __unit: 'instant' }

/** A length of time in milliseconds. */
export type Duration = number & { readonly __unit: 'duration' }

export const instant = (milliseconds: number): Instant => milliseconds as Instant
export const milliseconds = (count: number): Duration => count as Duration
export const seconds = (count: number): Duration => milliseconds(count * 1000)
export const minutes = (count: number): Duration => seconds(count * 60)
export const days = (count: number): Duration => minutes(count * 1440)

export function plus(at: Instant, wait: Duration): Instant {
  return instant(at + wait)
}

export function between(from: Instant, to: Instant): Duration {
  return milliseconds(to - from)
}

const ISO_DURATION = /^P(?!$)(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** Reads the fixed-length part of an ISO 8601 duration ("P7D", "PT20M", "PT1.5S"); months and years have no fixed length. */
export function parseDuration(text: string): Duration | undefined {
  const match = ISO_DURATION.exec(text)
  if (!match) return undefined
  const part = (index: number): number => Number(match[index] ?? 0)
  return seconds(((part(1) * 24 + part(2)) * 60 + part(3)) * 60 + part(4))
}
