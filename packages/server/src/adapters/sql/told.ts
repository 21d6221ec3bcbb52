import type { Attachment, Change, Committed, Conversation, DomainEvent, Instant, Session } from '@beckon/core'

/** What listeners will hear of one decision, once its events have their places. */
export type Told = Omit<Committed, 'events'> & { readonly events: readonly DomainEvent[] }

/** What of a decision's changes is told to those who wait for it; whose it is, the last that names somebody says. */
export function whatIsTold(changes: readonly Change[]): Told {
  const entries: Committed['entries'][number][] = []
  const conversations: Conversation[] = []
  const sessions: Session[] = []
  const events: DomainEvent[] = []
  const attachments: Attachment[] = []
  let more: Partial<Pick<Committed, 'contactId' | 'mergedFrom' | 'dueAt'>> = {}
  for (const change of changes) {
    switch (change.kind) {
      case 'put-contact':
        more = { ...more, contactId: change.contact.id }
        break
      case 'put-conversation':
        more = { ...more, contactId: change.conversation.contactId }
        conversations.push(change.conversation)
        break
      case 'put-session':
        more = { ...more, contactId: change.session.contactId }
        sessions.push(change.session)
        break
      case 'append-entry':
        entries.push(change)
        break
      case 'append-event':
        events.push(change.event)
        break
      case 'put-attachment':
        more = { ...more, contactId: change.attachment.contactId }
        attachments.push(change.attachment)
        break
      case 'merge-contacts':
        more = { ...more, mergedFrom: change.from }
        break
      case 'put-timer':
        more = { ...more, dueAt: Math.min(more.dueAt ?? Infinity, change.timer.dueAt) as Instant }
        break
      default:
    }
  }
  return { entries, conversations, sessions, events, ...more, ...(attachments.length > 0 ? { attachments } : {}) }
}
