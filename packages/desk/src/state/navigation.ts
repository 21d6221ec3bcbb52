import { filterToSearch, isSameList, parseFilter } from './filter.ts'
import type { DeskDeps } from './desk-deps.ts'
import type { Desk } from './desk.ts'
import type { Filter } from './filter.ts'

/** What is listed and what is open; the address always says both. */
export interface Navigation extends Pick<Desk, 'show' | 'step' | 'followAddress'> {
  /** Reads the open conversation and whoever it is with. */
  readonly openShown: () => void
  /** Reads the open conversation again, without a word when that fails: it is looked at again soon. */
  readonly lookAgain: () => void
}

export function createNavigation(
  { store, address }: DeskDeps,
  { inbox, thread, people, attempt }: Pick<Desk, 'inbox' | 'thread' | 'people' | 'attempt'>,
): Navigation {
  async function open(conversationId: string): Promise<void> {
    await inbox.refresh(conversationId)
    const conversation = store.get().conversations[conversationId]
    await Promise.all([
      thread.markRead(conversationId),
      conversation === undefined ? undefined : people.load(conversation.contactId),
    ])
  }

  function openShown(): void {
    const { conversationId } = store.get().filter
    if (conversationId !== undefined) attempt(() => open(conversationId))
  }

  function apply(filter: Filter): void {
    const before = store.get().filter
    store.update(() => ({ filter }))
    if (!isSameList(filter, before)) attempt(inbox.load)
    if (filter.conversationId !== before.conversationId) openShown()
  }

  function show(change: Partial<Filter>): void {
    const filter = { ...store.get().filter, ...change }
    address.write(filterToSearch(filter))
    apply(filter)
  }

  return {
    openShown,
    lookAgain: () => {
      const { conversationId } = store.get().filter
      if (conversationId !== undefined) inbox.refresh(conversationId).catch(() => undefined)
    },
    show,
    step: (places) => {
      const { listing, filter } = store.get()
      const at = listing.ids.findIndex((id) => id === filter.conversationId)
      const next = listing.ids[Math.min(listing.ids.length - 1, Math.max(0, at + places))]
      if (next !== undefined) show({ conversationId: next })
    },
    followAddress: () => apply(parseFilter(address.read())),
  }
}
