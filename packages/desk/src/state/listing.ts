import { isSameList, listQuery } from './filter.ts'
import type { ConversationPage } from '@beckon/client'
import type { Conversation } from '@beckon/protocol'
import type { DeskDeps } from './desk-deps.ts'
import type { DeskState } from './desk-state.ts'
import type { Filter } from './filter.ts'
import type { Inbox } from './inbox.ts'
import type { SingleFlight } from './single-flight.ts'

/** A search that finds nothing goes on by itself for so many pages, which is a second or two; then the agent is asked. */
const pagesAtOnce = 20

interface Steps {
  readonly singly: SingleFlight
  readonly readTail: (conversation: Conversation) => Promise<void>
}

/** Reads the list of conversations, page by page. */
export function createListing({ beckon, store }: Pick<DeskDeps, 'beckon' | 'store'>, { singly, readTail }: Steps): Pick<Inbox, 'load' | 'loadMore'> {
  const isWanted = (asked: Filter): boolean => isSameList(asked, store.get().filter)

  /** Shows a page, unless somebody looks for something else by now. Where a search ended it early, goes on until there is something more to see. */
  async function show(asked: Filter, page: ConversationPage, before: readonly string[], left = pagesAtOnce - 1): Promise<void> {
    if (!isWanted(asked)) return
    const onwards = left > 0 && page.entities.length === 0 ? page.nextUri : undefined
    store.update((state) => withPage(state, page, before, onwards === undefined ? 'ready' : 'loading'))
    await Promise.all(page.entities.filter(({ status }) => status === 'open').map(readTail))
    if (onwards !== undefined) await show(asked, await readOn(onwards), store.get().listing.ids, left - 1)
  }

  function readOn(nextUri: string): Promise<ConversationPage> {
    return beckon.request<ConversationPage>({ method: 'GET', path: nextUri })
  }

  /** Whoever asked is told why it failed; the list shows how it stands then. */
  async function loading(state: 'failed' | 'ready', task: (asked: Filter) => Promise<void>): Promise<void> {
    const asked = store.get().filter
    try {
      await task(asked)
    } catch (error) {
      if (isWanted(asked)) store.update(({ listing }) => ({ listing: { ...listing, state } }))
      throw error
    }
  }

  return {
    load: () => {
      // What was listed may be another filter's: nothing is read on from its end.
      store.update(({ listing: { ids } }) => ({ listing: { ids, state: 'loading' } }))
      return singly('list', 'load', () => loading('failed', async (asked) => show(asked, await beckon.listConversations({ ...listQuery(asked), pageSize: 50 }), [])))
    },
    loadMore: () =>
      singly('list', 'load more', () =>
        loading('ready', async (asked) => {
          const { nextUri, ids } = store.get().listing
          if (nextUri !== undefined) await show(asked, await readOn(nextUri), ids)
        }),
      ),
  }
}

function withPage({ conversations: known }: DeskState, { entities, nextUri, searchedBackTo }: ConversationPage, before: readonly string[], state: 'loading' | 'ready'): Partial<DeskState> {
  const conversations = { ...known, ...Object.fromEntries(entities.map((each) => [each.id, each])) }
  const ids = [...new Set([...before, ...entities.map(({ id }) => id)])]
  return { conversations, listing: { ids, state, ...(nextUri === undefined ? {} : { nextUri }), ...(searchedBackTo === undefined ? {} : { searchedBackTo }) } }
}
