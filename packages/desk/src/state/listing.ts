import { listQuery } from './filter.ts'
import type { ConversationPage } from '@beckon/client'
import type { Conversation } from '@beckon/protocol'
import type { DeskDeps } from './desk-deps.ts'
import type { DeskState } from './desk-state.ts'
import type { Inbox } from './inbox.ts'

/** A search that finds nothing goes on by itself for so many pages, which is a second or two; then the agent is asked. */
const pagesAtOnce = 20

interface Steps {
  readonly singly: (key: string, task: () => Promise<void>) => Promise<void>
  readonly readTail: (conversation: Conversation) => Promise<void>
}

/** Reads the list of conversations, page by page. */
export function createListing({ beckon, store }: Pick<DeskDeps, 'beckon' | 'store'>, { singly, readTail }: Steps): Pick<Inbox, 'load' | 'loadMore'> {
  /** Shows a page. Where a search ended it early, goes on until there is something more to see, or somebody looks for something else. */
  async function show(page: ConversationPage, before: readonly string[], left = pagesAtOnce - 1): Promise<void> {
    const { view, search } = store.get().filter
    const onwards = left > 0 && page.entities.length === 0 ? page.nextUri : undefined
    store.update((state) => withPage(state, page, before, onwards === undefined ? 'ready' : 'loading'))
    await Promise.all(page.entities.filter(({ status }) => status === 'open').map(readTail))
    if (onwards === undefined) return
    const next = await readOn(onwards)
    const { filter, listing } = store.get()
    if (filter.view === view && filter.search === search) await show(next, listing.ids, left - 1)
  }

  function readOn(nextUri: string): Promise<ConversationPage> {
    return beckon.request<ConversationPage>({ method: 'GET', path: nextUri })
  }

  /** Whoever asked is told why it failed; the list shows how it stands then. */
  async function loading(state: 'failed' | 'ready', task: () => Promise<void>): Promise<void> {
    try {
      await task()
    } catch (error) {
      store.update(({ listing }) => ({ listing: { ...listing, state } }))
      throw error
    }
  }

  return {
    load: () =>
      singly('list', () =>
        loading('failed', async () => {
          store.update(({ listing }) => ({ listing: { ...listing, state: 'loading' } }))
          await show(await beckon.listConversations({ ...listQuery(store.get().filter), pageSize: 50 }), [])
        }),
      ),
    loadMore: () =>
      singly('list', () =>
        loading('ready', async () => {
          const { nextUri, ids } = store.get().listing
          if (nextUri !== undefined) await show(await readOn(nextUri), ids)
        }),
      ),
  }
}

function withPage({ conversations: known }: DeskState, { entities, nextUri, searchedBackTo }: ConversationPage, before: readonly string[], state: 'loading' | 'ready'): Partial<DeskState> {
  const conversations = { ...known, ...Object.fromEntries(entities.map((each) => [each.id, each])) }
  const ids = [...new Set([...before, ...entities.map(({ id }) => id)])]
  return { conversations, listing: { ids, state, ...(nextUri === undefined ? {} : { nextUri }), ...(searchedBackTo === undefined ? {} : { searchedBackTo }) } }
}
