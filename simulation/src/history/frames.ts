import { fieldsOf, textOf } from '@beckon/protocol'
import type { GuestFrame } from './record.ts'

/** An entry as a frame shows it to a client that opted in to the additions. */
export interface Line {
  readonly conversationId: string
  readonly seq: number
  readonly id: string
  readonly text?: string
  readonly clientId?: string
}

/** The entries that a frame brings, in their order; none where it is about something else. */
export function linesOf({ class: name, body }: GuestFrame): readonly Line[] {
  if (name === 'StructuredMessage') return lineOf(body)
  if (name !== 'History') return []
  const { entities } = fieldsOf(body)
  return Array.isArray(entities) ? entities.flatMap(lineOf) : []
}

function lineOf(body: unknown): readonly Line[] {
  const { conversationId, seq, id, text, clientId } = fieldsOf(body)
  if (typeof conversationId !== 'string' || typeof seq !== 'number' || typeof id !== 'string') return []
  return [{ conversationId, seq, id, ...(typeof text === 'string' ? { text } : {}), ...(typeof clientId === 'string' ? { clientId } : {}) }]
}

/** What a `SessionResponse` says about the place that was taken up. */
export interface SessionPlace {
  readonly contactId: string
  readonly epoch: string
  readonly resumed: boolean
  readonly conversation?: { readonly id: string; readonly status: string; readonly lastSeq: number; readonly firstVisibleSeq: number }
}

/** Undefined for other frames, and for clients without the additions. */
export function sessionPlaceOf({ class: name, code, body }: GuestFrame): SessionPlace | undefined {
  if (name !== 'SessionResponse' || code !== 200) return undefined
  const { contactId, epoch, resumed, conversation } = fieldsOf(fieldsOf(body)['beckon'])
  if (typeof contactId !== 'string' || typeof epoch !== 'string') return undefined
  const about = conversationOf(conversation)
  return { contactId, epoch, resumed: resumed === true, ...(about ? { conversation: about } : {}) }
}

/** How a `Conversation` frame, or the part of another, says that a thread stands. */
export function conversationOf(body: unknown): SessionPlace['conversation'] {
  const { id, status, lastSeq, firstVisibleSeq } = fieldsOf(body)
  if (typeof id !== 'string' || typeof lastSeq !== 'number' || typeof firstVisibleSeq !== 'number') return undefined
  return { id, status: textOf(status) ?? '', lastSeq, firstVisibleSeq }
}

export function isReset({ class: name, body }: GuestFrame): boolean {
  return name === 'History' && fieldsOf(body)['reset'] === true
}

/** The invocation that a frame answers. */
export function opOf({ tracingId }: GuestFrame): number | undefined {
  return tracingId?.startsWith('op-') ? Number(tracingId.slice(3)) : undefined
}

export function tracingIdOf(op: number): string {
  return `op-${String(op)}`
}
