import { fileNames } from '../attachment/attachment-part.ts'
import type { EventEntry, MessageEntry } from '../entry/entry.ts'
import { instant, type Instant } from '../instant.ts'
import type { ClosedConversation, Conversation, OpenConversation } from './conversation.ts'

type Placed = 'seq' | 'at' | 'contactId' | 'conversationId'
export type MessageLine = Omit<MessageEntry, Placed>
export type EventLine = Omit<EventEntry, Placed>

const previewLength = 140

/** Gives the line its place in the log: the next `seq`, and a millisecond of its own. */
export function appendMessage(conversation: Conversation, line: MessageLine, now: Instant): { conversation: Conversation; entry: MessageEntry } {
  const place = nextPlace(conversation, now)
  const moved = { ...advanced(conversation, place), lastText: preview(line.text === '' ? fileNames(line.content ?? []) : line.text) }
  return {
    conversation: line.by.kind === 'customer' && moved.quiet ? { ...moved, quiet: false } : moved,
    entry: { ...line, ...place },
  }
}

export function appendEvent(conversation: Conversation, line: EventLine, now: Instant): { conversation: Conversation; entry: EventEntry } {
  const place = nextPlace(conversation, now)
  return { conversation: advanced(conversation, place), entry: { ...line, ...place } }
}

export function closed(conversation: Conversation, by: ClosedConversation['closed']): ClosedConversation {
  return { ...conversation, status: 'closed', closed: by }
}

export function reopened(conversation: Conversation): OpenConversation {
  if (conversation.status === 'open') return conversation
  const { closed: _, ...thread } = conversation
  return { ...thread, status: 'open', quiet: false }
}

function nextPlace(conversation: Conversation, now: Instant): Pick<MessageEntry, Placed> {
  return {
    seq: conversation.lastSeq + 1,
    at: instant(Math.max(now, conversation.lastEntryAt + 1)),
    contactId: conversation.contactId,
    conversationId: conversation.id,
  }
}

function advanced(conversation: Conversation, place: Pick<MessageEntry, Placed>): Conversation {
  return { ...conversation, lastSeq: place.seq, lastEntryAt: place.at, version: conversation.version + 1 }
}

function preview(text: string): string {
  return text.length <= previewLength ? text : `${text.slice(0, previewLength - 1)}…`
}
