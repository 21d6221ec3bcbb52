import type { Change, Store, Work } from '../../../ports/store.ts'
import { aContact, aConversation, aDeployment, aMessage, aSession } from '../../builders.ts'
import { createFakeClock, newYear, type FakeClock } from '../../fake-clock.ts'
import { toId } from '../../../domain/ids.ts'
import { instant, type Instant } from '../../../domain/instant.ts'
import type { Contact } from '../../../domain/contact/contact.ts'
import type { Conversation } from '../../../domain/conversation/conversation.ts'
import type { MessageEntry } from '../../../domain/entry/entry.ts'

/** Opens a store that holds nothing, and that reads the time from this clock. It is disposed of after each test. */
export type OpenStore = (given: { readonly clock: FakeClock }) => DisposableStore | Promise<DisposableStore>

export type DisposableStore = Store & (AsyncDisposable | Disposable)

export interface OpenedStore extends AsyncDisposable {
  readonly store: Store
  readonly clock: FakeClock
}

export async function opened(open: OpenStore): Promise<OpenedStore> {
  const clock = createFakeClock()
  const store = await open({ clock })
  return {
    store,
    clock,
    async [Symbol.asyncDispose]() {
      if (Symbol.asyncDispose in store) await store[Symbol.asyncDispose]()
      else store[Symbol.dispose]()
    },
  }
}

/** Writes without looking. */
export function write(store: Store, ...changes: readonly Change[]): Promise<void> {
  return store.transact({ need: {}, decide: () => ({ result: undefined, changes }) })
}

/** Looks without writing. */
export function look<T>(store: Store, need: Work<T>['need'], at: (found: Parameters<Work<T>['decide']>[0]) => T): Promise<T> {
  return store.transact({ need, decide: (found) => ({ result: at(found), changes: [] }) })
}

/** What a contact's rows stand on: a deployment, a contact, a session and an open, empty conversation. */
export async function settle(store: Store, name = '1'): Promise<{ readonly contact: Contact; readonly conversation: Conversation }> {
  const contact = aContact({ id: toId(`contact-${name}`) })
  const conversation = aConversation({ id: toId(`conversation-${name}`), contactId: contact.id })
  const session = aSession({ id: toId(`session-${name}`), contactId: contact.id, tokenHash: `token-${name}` })
  await write(
    store,
    { kind: 'put-deployment', deployment: aDeployment() },
    { kind: 'put-contact', contact },
    { kind: 'put-conversation', conversation },
    { kind: 'put-session', session },
  )
  return { contact, conversation }
}

/** A message of the log, named and timed by its place in it. */
export function line(conversation: Conversation, seq: number, given: Partial<MessageEntry> = {}): MessageEntry {
  const { id: conversationId, contactId } = conversation
  return aMessage({ id: toId(`${conversationId}-entry-${seq}`), conversationId, contactId, seq, at: moment(seq), text: `line ${seq}`, ...given })
}

/** The conversation after its log reached this `seq`, and the line that did it. */
export function said(conversation: Conversation, seq: number, given: Partial<MessageEntry> = {}): readonly Change[] {
  const entry = line(conversation, seq, given)
  return [
    { kind: 'put-conversation', conversation: { ...conversation, lastSeq: seq, lastEntryAt: entry.at, lastText: entry.text, version: seq + 1 } },
    { kind: 'append-entry', entry },
    { kind: 'append-event', event: { type: 'message.created', at: entry.at, contactId: entry.contactId, conversationId: entry.conversationId, entrySeq: seq } },
  ]
}

/** Adds the next line to a log, deciding its place from what the decision finds. */
export function sayNext(conversation: Conversation): Work<number> {
  return {
    need: { contactId: conversation.contactId, conversationId: conversation.id },
    decide: (found) => {
      const seq = (found.conversation?.lastSeq ?? 0) + 1
      return { result: seq, changes: said(found.conversation ?? conversation, seq) }
    },
  }
}

export function moment(count: number): Instant {
  return instant(newYear + count)
}
