import type { SendPlan } from '@beckon/protocol'
import { inWords, shortMoment } from './moments.ts'

/** A plan as one sentence: "Closed 20 min ago → reopens; 2 tabs open now". */
export function planInWords({ found, did, deferUntil }: SendPlan, now: number): string {
  const before = found.conversation === 'none' ? 'No conversation yet' : stateOf(found.conversation, found.closedAt, now)
  const after = did === undefined ? '' : ` → ${outcomes[did]}`
  return `${before}${after}; ${arrival(found, deferUntil, now)}`
}

const outcomes = {
  appended: 'continues',
  reopened: 'reopens',
  started: 'starts one, quietly',
  startedLinked: 'starts a new one, linked to it',
} as const

function stateOf(state: 'open' | 'closed', closedAt: string | undefined, now: number): string {
  if (state === 'open') return 'Open'
  return closedAt === undefined ? 'Closed' : `Closed ${inWords(now - Date.parse(closedAt))} ago`
}

function arrival({ connections }: SendPlan['found'], deferUntil: string | undefined, now: number): string {
  if (deferUntil !== undefined) return `goes out ${shortMoment(deferUntil, now)}`
  if (connections === 0) return 'nobody there now: waits for their return'
  return connections === 1 ? '1 tab open now' : `${connections} tabs open now`
}
