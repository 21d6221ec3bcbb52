/** Local clock time; with the day when it is not today's. */
export function clockTime(instant: string, now: number): string {
  const date = new Date(instant)
  const time = date.toTimeString().slice(0, 8)
  return date.toDateString() === new Date(now).toDateString() ? time : `${date.toISOString().slice(0, 10)} ${time}`
}

/** How long ago, or how soon: "20 min ago", "in 2 h". */
export function fromNow(instant: string, now: number): string {
  const difference = Date.parse(instant) - now
  const text = span(Math.abs(difference))
  return difference > 0 ? `in ${text}` : `${text} ago`
}

function span(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}
