import { belongs } from './filter.ts'
import { createListing } from './listing.ts'
import { joinLogs, lastSeq } from './log.ts'
import { withEntry } from './records.ts'
import { createSingleFlight } from './single-flight.ts'
import type { Conversation, Entry } from '@beckon/protocol'
import type { DeskDeps } from './desk-deps.ts'
import type { DeskState } from './desk-state.ts'

/** The list of conversations and what is known of each. */
export interface Inbox {
  /** Reads the list anew, as the filter says. */
  readonly load: () => Promise<void>
  readonly loadMore: () => Promise<void>
  /** Brings one conversation and the tail of its log up to date, and puts it into its place in the list. */
  readonly refresh: (conversationId: string) => Promise<void>
  /** Reads what is older than the part of the log that is shown. */
  readonly loadEarlier: (conversationId: string) => Promise<void>
  /** Takes over a conversation that some answer contained. */
  readonly note: (conversation: Conversation) => void
  /** Takes over an entry that an event contained, when it continues the log. */
  readonly noteEntry: (entry: Entry) => void
}

/** How much of a log is read to begin with. */
const tailLength = 100

export function createInbox({ beckon, store }: Pick<DeskDeps, 'beckon' | 'store'>): Inbox {
  const singly = createSingleFlight()

  function note(conversation: Conversation): void {
    store.update((state) => withConversation(state, conversation))
  }

  async function readTail(conversation: Conversation): Promise<void> {
    const held = store.get().logs[conversation.id] ?? []
    if (lastSeq(held) >= conversation.lastSeq) return
    const after = Math.max(lastSeq(held), conversation.lastSeq - tailLength)
    const { entities } = await beckon.listMessages(conversation.id, { after, limit: 500 })
    store.update(({ logs }) => ({ logs: withEntry(logs, conversation.id, joinLogs(logs[conversation.id] ?? [], entities)) }))
  }

  const { load, loadMore } = createListing({ beckon, store }, { singly, readTail })

  return {
    load,
    note,
    loadMore,
    refresh: (conversationId) =>
      singly(conversationId, 'refresh', async () => {
        const conversation = await beckon.getConversation(conversationId)
        note(conversation)
        await readTail(conversation)
      }),
    loadEarlier: (conversationId) =>
      singly(conversationId, 'load earlier', async () => {
        const first = store.get().logs[conversationId]?.[0]?.seq ?? 1
        const after = Math.max(0, first - 1 - tailLength)
        const { entities } = await beckon.listMessages(conversationId, { after, limit: tailLength })
        store.update(({ logs }) => ({ logs: withEntry(logs, conversationId, joinLogs(logs[conversationId] ?? [], entities)) }))
      }),
    noteEntry: (entry) => {
      const held = store.get().logs[entry.conversationId]
      if (held === undefined || lastSeq(held) + 1 !== entry.seq) return
      store.update(({ logs }) => ({ logs: withEntry(logs, entry.conversationId, [...held, entry]) }))
    },
  }
}

/** Newest activity first, as the server lists them. */
function withConversation(state: DeskState, conversation: Conversation): Partial<DeskState> {
  const conversations = withEntry(state.conversations, conversation.id, conversation)
  const others = state.listing.ids.filter((id) => id !== conversation.id)
  const ids = belongs(conversation, state.filter) ? [...others, conversation.id] : others
  const activity = (id: string): string => conversations[id]?.lastEntryAt ?? ''
  return { conversations, listing: { ...state.listing, ids: ids.toSorted((a, b) => activity(b).localeCompare(activity(a))) } }
}
