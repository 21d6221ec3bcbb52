import { systemGuestSurroundings } from '@beckon/client'
import type { Strings } from '../../strings/strings.ts'

export function timeOfDay(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at)
}

const dayMs = 24 * 60 * 60_000

export function dayName(at: number, locale: string, strings: Strings): string {
  const now = systemGuestSurroundings.now()
  const day = new Date(at).toDateString()
  if (day === new Date(now).toDateString()) return strings.today
  if (day === new Date(now - dayMs).toDateString()) return strings.yesterday
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const year = isThisYear ? {} : { year: 'numeric' as const }
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(at)
}
