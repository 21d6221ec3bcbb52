import { isInbound, type Actor, type Entry, type EventEntry, type MessageEntry } from '@beckon/core'
import type { EntryBody } from '@beckon/protocol'

/** One line of the log as guests read it: the message body that every client knows, with its place in the log. */
export function renderEntry(entry: Entry): EntryBody {
  return entry.kind === 'message' ? renderMessage(entry) : renderEvent(entry)
}

/** What clients without additions are shown: messages that still stand, and the end of the conversation. */
export function isForEveryClient(entry: Entry): boolean {
  return entry.kind === 'message' ? !entry.withdrawn : entry.event === 'closed'
}

/** The end of the conversation (guest-protocol 3.5); `readOnly` is text because other types make clients drop the frame. */
export function renderDisconnect(entry: EventEntry, readOnly: boolean): EntryBody {
  return {
    ...renderEvent(entry),
    direction: 'Outbound',
    events: [{ eventType: 'Presence', presence: { type: 'Disconnect' } }],
    metadata: { readOnly: String(readOnly) },
  }
}

function entryTime(entry: Pick<Entry, 'at'>): string {
  return new Date(entry.at).toISOString()
}

export function actorName(by: Actor): 'guest' | 'agent' | 'bot' | 'api' | 'timer' {
  return by.kind === 'customer' ? 'guest' : by.kind
}

function renderMessage(entry: MessageEntry): EntryBody {
  const inbound = isInbound(entry)
  return {
    id: entry.id,
    ...said(entry),
    direction: inbound ? 'Inbound' : 'Outbound',
    channel: {
      time: entryTime(entry),
      type: 'Private',
      ...(inbound ? { messageId: entry.id } : { from: { nickname: entry.by.name ?? 'Support' }, to: {} }),
    },
    ...(entry.metadata ? { metadata: { ...entry.metadata } } : {}),
    originatingEntity: entry.by.kind === 'bot' ? 'Bot' : 'Human',
    seq: entry.seq,
    conversationId: entry.conversationId,
    kind: 'message',
    ...(entry.clientId === undefined ? {} : { clientId: entry.clientId }),
    ...(entry.proactiveId === undefined ? {} : { proactive: true as const }),
  }
}

function said({ text, content, withdrawn }: MessageEntry): Pick<EntryBody, 'type' | 'text' | 'content' | 'withdrawn'> {
  if (withdrawn) return { type: 'Text', text: '', withdrawn: true }
  return content && content.length > 0 ? { type: 'Structured', text, content: [...content] } : { type: 'Text', text }
}

function renderEvent(entry: EventEntry): EntryBody {
  const inbound = isInbound(entry)
  return {
    id: entry.id,
    type: 'Event',
    direction: inbound ? 'Inbound' : 'Outbound',
    channel: { time: entryTime(entry), type: 'Private', ...(inbound ? {} : { from: { nickname: entry.by.name ?? 'Support' } }) },
    events: [],
    originatingEntity: entry.by.kind === 'agent' || inbound ? 'Human' : 'Bot',
    seq: entry.seq,
    conversationId: entry.conversationId,
    kind: 'event',
    event: entry.event,
    by: actorName(entry.by),
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
  }
}
