import type { BeckonEvent } from '@beckon/client'
import type { Entry } from '@beckon/protocol'
import { clockTime } from './moment.ts'
import { oneLine } from './plain-text.ts'
import type { Paint } from './paint.ts'

/** One event on one line: when, what, and the little that makes it recognisable. */
export function describeEvent(event: BeckonEvent, { now, paint }: { readonly now: number; readonly paint: Paint }): string {
  const place = event.conversationId ?? event.contactId
  const id = place === undefined ? '' : paint.dim(` ${place}`)
  const told = tell(event)
  return `${paint.dim(clockTime(event.time, now))}  ${paint.blue(event.type.padEnd(22))}${told === '' ? '' : ` ${told}`}${id}`
}

function tell({ data }: BeckonEvent): string {
  if ('message' in data) return tellMessage(data.message)
  if ('upToSeq' in data) return `by ${data.by} up to ${data.upToSeq}`
  if ('participantId' in data) return oneLine(data.name ?? data.purpose ?? '', 40)
  const by = 'by' in data && data.by !== undefined ? `by ${data.by.kind}` : ''
  return (by + ('reason' in data ? reason(data.reason) : '')).trim()
}

function tellMessage({ from, text, direction }: Entry): string {
  const arrow = direction === 'inbound' ? '→' : '←'
  return `${arrow} ${oneLine(from?.name ?? from?.kind ?? 'guest', 20)}: ${oneLine(text ?? '(no text)', 60)}`
}

function reason(text: string | undefined): string {
  return text === undefined ? '' : ` (${oneLine(text, 40)})`
}
