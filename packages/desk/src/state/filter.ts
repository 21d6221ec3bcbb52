import type { Conversation } from '@beckon/protocol'

/** The lists an agent works through. Quiet threads wait apart: nobody has answered them yet. */
export const views = ['inbox', 'quiet', 'closed', 'all'] as const
export type View = (typeof views)[number]

/** What is listed and what is open: all of it is in the address, so that a link shows the same. */
export interface Filter {
  readonly view: View
  readonly search: string
  readonly conversationId?: string | undefined
}

/** Reads `?view=…&q=…&conversation=…`; what it does not understand counts as absent. */
export function parseFilter(search: string): Filter {
  const query = new URLSearchParams(search)
  const view = views.find((each) => each === query.get('view')) ?? 'inbox'
  const conversationId = query.get('conversation')
  return { view, search: query.get('q') ?? '', ...(conversationId === null ? {} : { conversationId }) }
}

/** The query string of a filter, shortest form; the opposite of `parseFilter`. */
export function filterToSearch({ view, search, conversationId }: Filter): string {
  const query = new URLSearchParams()
  if (view !== 'inbox') query.set('view', view)
  if (search !== '') query.set('q', search)
  if (conversationId !== undefined) query.set('conversation', conversationId)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** Whether two filters list the same, whatever is open beside it. */
export function isSameList({ view, search }: Filter, other: Filter): boolean {
  return view === other.view && search === other.search
}

/** What to ask the server for. */
export function listQuery({ view, search }: Filter): { status?: 'open' | 'closed'; quiet?: boolean; q?: string } {
  return { ...byView[view], ...(search === '' ? {} : { q: search }) }
}

const byView = {
  inbox: { status: 'open', quiet: false },
  quiet: { status: 'open', quiet: true },
  closed: { status: 'closed' },
  all: {},
} as const

/** Does a conversation that has just changed belong in this list? Follows what the server would answer. */
export function belongs(conversation: Conversation, filter: Filter): boolean {
  const wanted: { status?: string; quiet?: boolean } = byView[filter.view]
  if (wanted.status !== undefined && wanted.status !== conversation.status) return false
  if (wanted.quiet !== undefined && wanted.quiet !== conversation.quiet) return false
  const words = `${conversation.contact?.name ?? ''} ${conversation.lastText ?? ''}`.toLowerCase()
  return filter.search === '' || words.includes(filter.search.toLowerCase())
}
