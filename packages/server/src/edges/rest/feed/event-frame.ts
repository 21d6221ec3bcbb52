import type { TellableEvent, Typing } from '@beckon/core'
import type { TypingEvent } from '@beckon/protocol'
import { renderEvent } from '../render/event.ts'
import type { EventCursors } from './event-cursor.ts'

/** An event as a server-sent frame; its id is the place to go on from. */
export function eventFrame(tellable: TellableEvent, cursors: EventCursors): string {
  const event = renderEvent(tellable, cursors.at)
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

/** Without an id: a reader who resumes does not go back to it. */
export function typingFrame({ contactId, conversationId, by, name }: Typing): string {
  const data: TypingEvent = { contactId, conversationId, by, ...(name === undefined ? {} : { name }) }
  return `event: typing\ndata: ${JSON.stringify(data)}\n\n`
}

/** Tells a reader where it is before anything happens: one who loses the connection then misses nothing either. */
export function placeFrame(cursor: string): string {
  return `id: ${cursor}\n\n`
}

export const heartbeatFrame = ': still here\n\n'
