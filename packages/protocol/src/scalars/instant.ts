import { Type } from 'typebox'

/** RFC 3339 in UTC with milliseconds: `2026-03-04T10:11:12.345Z`. Requests may use any offset. */
export const Instant = Type.String({ format: 'date-time', maxLength: 40 })

/** ISO 8601 length of time in fixed units: `P7D`, `PT20M`, `PT1.5S`; no months or years. */
export const Duration = Type.String({
  pattern: '^P(?!$)(\\d+D)?(T(?!$)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$',
  maxLength: 40,
})
