import { ok, refuse, type Instant, type Result } from '@beckon/core'
import { parseTime } from '../../shared/time-text.ts'

/** A time the schema let through; the calendar may still not have it (the 61st second, the 30th of February). */
export function readMoment(text: string | undefined, pointer: string): Result<Instant | undefined> {
  if (text === undefined) return ok(undefined)
  const at = parseTime(text)
  return at === undefined ? refuse({ code: 'invalid_request', faults: [{ pointer, detail: 'is a time that no calendar has' }] }) : ok(at)
}
