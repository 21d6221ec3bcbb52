import { isArrival, isInbound, type Actor, type Entry, type EventEntry, type MessageEntry } from '@beckon/core'
import { contentInWords, type EntryBody, type MessageBody } from '@beckon/protocol'
import { timeOf } from '../shared/time-text.ts'
import { isStructured, originOf, renderContent } from './content/render-content.ts'

/** One line of the log for clients that asked for additions: the message body that every client knows, with its place in the log. */
export function renderEntry(entry: Entry): EntryBody {
  const placed = { seq: entry.seq, conversationId: entry.conversationId }
  if (entry.kind === 'message') {
    return {
      ...messageBody(entry),
      ...placed,
      kind: 'message',
      ...(entry.clientId === undefined ? {} : { clientId: entry.clientId }),
      ...(entry.proactiveId === undefined ? {} : { proactive: true as const }),
      ...(entry.withdrawn ? { withdrawn: true as const } : {}),
    }
  }
  return {
    ...eventBody(entry, isArrival(entry) ? 'Join' : undefined),
    ...placed,
    kind: 'event',
    event: entry.event,
    by: actorName(entry.by),
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
  }
}

/**
 * One line of the log for all other clients: messages that still stand, the guest's arrival and the end of the
 * conversation, in nothing but the protocol's own words; undefined for what they do not know.
 */
export function renderForEveryClient(entry: Entry, readOnly: boolean): MessageBody | undefined {
  if (entry.kind === 'message') return entry.withdrawn ? undefined : inTextAtLeast(messageBody(entry))
  if (isArrival(entry)) return eventBody(entry, 'Join')
  if (entry.event !== 'closed') return undefined
  // Text, because other types make clients drop the frame (guest-protocol 3.5).
  return { ...eventBody(entry, 'Disconnect'), direction: 'Outbound', metadata: { readOnly: String(readOnly) } }
}

export function actorName(by: Actor): 'guest' | 'agent' | 'bot' | 'api' | 'timer' {
  return by.kind === 'customer' ? 'guest' : by.kind
}

function messageBody(entry: MessageEntry): MessageBody {
  const inbound = isInbound(entry)
  return {
    id: entry.id,
    ...said(entry),
    direction: inbound ? 'Inbound' : 'Outbound',
    channel: {
      time: timeOf(entry.at),
      type: 'Private',
      ...(inbound ? { messageId: entry.id } : { from: { nickname: entry.by.name ?? 'Support' }, to: {} }),
    },
    ...(entry.metadata ? { metadata: { ...entry.metadata } } : {}),
    originatingEntity: entry.by.kind === 'bot' ? 'Bot' : 'Human',
  }
}

function said({ text, content = [], withdrawn }: MessageEntry): Pick<MessageBody, 'type' | 'text' | 'content' | 'originatingMessageId'> {
  if (withdrawn) return { type: 'Text', text: '' }
  if (content.length === 0) return { type: 'Text', text }
  const origin = originOf(content)
  return {
    type: isStructured(content) ? 'Structured' : 'Text',
    text,
    content: [...renderContent(content)],
    ...(origin === undefined ? {} : { originatingMessageId: origin }),
  }
}

/** What native clients leave out of a message must not leave it empty. */
function inTextAtLeast(body: MessageBody): MessageBody {
  if (body.type !== 'Text' || body.text !== '' || body.direction === 'Inbound') return body
  return { ...body, text: contentInWords(body.content ?? []) }
}

function eventBody(entry: EventEntry, presence: 'Join' | 'Disconnect' | undefined): MessageBody {
  const inbound = isInbound(entry)
  return {
    id: entry.id,
    type: 'Event',
    direction: inbound ? 'Inbound' : 'Outbound',
    channel: { time: timeOf(entry.at), type: 'Private', ...(inbound ? {} : { from: { nickname: entry.by.name ?? 'Support' } }) },
    events: presence === undefined ? [] : [{ eventType: 'Presence', presence: { type: presence } }],
    originatingEntity: entry.by.kind === 'agent' || inbound ? 'Human' : 'Bot',
  }
}
