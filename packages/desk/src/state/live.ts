import { BeckonRefusal } from '@beckon/client'
import { withEntry } from './records.ts'
import type { BeckonEvent } from '@beckon/client'
import type { DeskDeps } from './desk-deps.ts'
import type { Inbox } from './inbox.ts'
import type { People } from './people.ts'
import type { Thread } from './thread.ts'

/** How long somebody counts as typing after the last sign of it. */
const typingLastsMs = 6_000

/**
 * Follows the event feed and keeps what is shown up to date. Events say *where* something has happened; what is shown is read
 * from there, except for the text of a message, which is shown at once. So an event that comes twice, or after a long sleep,
 * does no harm, and by the cursor none is missed.
 */
export async function followLive(
  deps: DeskDeps,
  { inbox, people, thread }: { readonly inbox: Inbox; readonly people: People; readonly thread: Thread },
  signal: AbortSignal,
): Promise<void> {
  const { beckon, store } = deps
  // The cursor comes before the list: whatever happens while the list is read is still ahead in the feed.
  const { cursor } = await beckon.listEvents({ after: 'latest', limit: 1 })
  await inbox.load()
  const follow = {
    after: cursor,
    signal,
    onConnection: (state: 'following' | 'interrupted') => store.update(() => ({ isLive: state === 'following' })),
    onTyping: ({ conversationId, by }: { readonly conversationId: string; readonly by: 'guest' | 'agent' }) => {
      if (by === 'guest') store.update(({ typing }) => ({ typing: withEntry(typing, conversationId, deps.now() + typingLastsMs) }))
    },
  }
  for await (const event of beckon.events(follow)) {
    if (event.type === 'message.created') noteMessage(event)
    // Not awaited: the next event must not wait for this one's reading, and reading is coalesced per conversation.
    catchUp(event).catch((error: unknown) => forgetErased(error, event))
  }

  function noteMessage(event: BeckonEvent & { readonly type: 'message.created' }): void {
    const { message } = event.data
    inbox.noteEntry(message)
    if (message.direction === 'inbound') {
      store.update(({ typing }) => ({ typing: withEntry(typing, message.conversationId, 0) }))
    }
  }

  async function catchUp(event: BeckonEvent): Promise<void> {
    const { contactId, conversationId } = event
    if (conversationId !== undefined) await inbox.refresh(conversationId)
    const { filter, conversations } = store.get()
    const openId = filter.conversationId
    if (openId === undefined) return
    if (conversationId === openId) {
      await thread.markRead(openId)
      await Promise.all(shownReports(event).map((id) => people.inspectAgain(id)))
    }
    const isAboutPerson = event.type.startsWith('contact.') || event.type.startsWith('proactive.')
    if (isAboutPerson && contactId !== undefined && conversations[openId]?.contactId === contactId) await people.load(contactId)
  }

  /** Receipts change the fate of the messages they cover. */
  function shownReports({ conversationId }: BeckonEvent): readonly string[] {
    const { reports } = store.get()
    return Object.values(reports).filter((report) => report.conversationId === conversationId).map(({ messageId }) => messageId)
  }

  function forgetErased(error: unknown, { conversationId }: BeckonEvent): void {
    if (!(error instanceof BeckonRefusal) || error.status !== 410 || conversationId === undefined) return
    store.update(({ listing }) => ({ listing: { ...listing, ids: listing.ids.filter((id) => id !== conversationId) } }))
  }
}
