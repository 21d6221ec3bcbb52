import { instant, type Instant } from '@beckon/core'

/** RFC 3339 in UTC with milliseconds. */
export function timeOf(at: Instant): string {
  return new Date(at).toISOString()
}

/** Any RFC 3339 time; undefined for one that no calendar has. */
export function parseTime(text: string): Instant | undefined {
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : instant(at)
}
