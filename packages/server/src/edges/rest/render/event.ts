import type { Entry, StoredEvent, TellableEvent } from '@beckon/core'
import type { Event } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
import { renderAuthor } from './author.ts'
import { renderEntry } from './entry.ts'

export function renderEvent({ event, entry }: TellableEvent, cursorAt: (position: number) => string): Event {
  const { contactId, conversationId } = event
  return {
    id: cursorAt(event.position),
    type: event.type,
    time: timeOf(event.at),
    ...(contactId === undefined ? {} : { contactId }),
    ...(conversationId === undefined ? {} : { conversationId }),
    data: { ...event.data, ...(entry === undefined ? {} : renderAbout(event, entry)) },
  }
}

/** What the entry adds to what the event says itself. */
function renderAbout({ type }: StoredEvent, entry: Entry): Readonly<Record<string, unknown>> {
  if (entry.kind === 'message') return { message: renderEntry(entry) }
  if (type === 'conversation.closed' || type === 'conversation.reopened') {
    return { by: renderAuthor(entry.by), ...(entry.reason === undefined ? {} : { reason: entry.reason }) }
  }
  if (type !== 'participant.joined' && type !== 'participant.left') return {}
  const { participantId, by } = entry
  return {
    ...(participantId === undefined ? {} : { participantId }),
    ...(by.kind === 'timer' ? {} : { purpose: by.kind }),
    ...(by.name === undefined ? {} : { name: by.name }),
  }
}
