/** A length of time in one word and a number: "20 min", "3 h". */
export function inWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return seconds < 10 ? 'moments' : `${seconds} s`
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} d`
}

/** Clock time alone. */
export function clockTime(instant: string): string {
  return new Date(instant).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}

/** Clock time today, the date before that: short enough for a list. */
export function dayOrTime(instant: string, now: number): string {
  const date = new Date(instant)
  if (date.toDateString() === new Date(now).toDateString()) return clockTime(instant)
  return date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
}

/** A day of any year. */
export function day(instant: string): string {
  return new Date(instant).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

/** Clock time; with the day when it is another than today's. */
export function shortMoment(instant: string, now: number): string {
  const date = new Date(instant)
  const time = clockTime(instant)
  if (date.toDateString() === new Date(now).toDateString()) return time
  return `${date.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })}, ${time}`
}

/** The heading over a day's messages. */
export function dayName(instant: string, now: number): string {
  const date = new Date(instant)
  const today = new Date(now)
  if (date.toDateString() === today.toDateString()) return 'Today'
  return date.toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
}

/** What the clock on a person's wall shows; undefined when their time zone is unknown or not one. */
export function wallClock(timeZone: string | undefined, now: number): string | undefined {
  if (timeZone === undefined) return undefined
  try {
    return new Date(now).toLocaleTimeString(undefined, { timeZone, hour: '2-digit', minute: '2-digit', weekday: 'short' })
  } catch {
    return undefined
  }
}
