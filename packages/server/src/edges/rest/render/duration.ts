import type { Duration } from '@beckon/core'

const secondsPerDay = 86_400

/** ISO 8601 in fixed units: `P7D`, `PT20M`, `PT1.5S`. */
export function renderDuration(duration: Duration): string {
  const seconds = duration / 1000
  if (seconds > 0 && seconds % secondsPerDay === 0) return `P${seconds / secondsPerDay}D`
  if (seconds > 0 && seconds % 3600 === 0) return `PT${seconds / 3600}H`
  if (seconds > 0 && seconds % 60 === 0) return `PT${seconds / 60}M`
  return `PT${seconds}S`
}
