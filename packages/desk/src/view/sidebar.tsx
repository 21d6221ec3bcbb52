import { useEffect, useState } from 'react'
import { views } from '../state/filter.ts'
import { attentionOf } from '../state/attention.ts'
import { useDesk, useDeskState } from './desk-context.ts'
import type { ReactNode } from 'react'
import type { View } from '../state/filter.ts'

const names: Readonly<Record<View, string>> = { inbox: 'Inbox', quiet: 'Quiet', closed: 'Closed', all: 'All' }

const hints: Readonly<Record<View, string>> = {
  inbox: 'Open conversations',
  quiet: 'You wrote first, and nobody has answered yet',
  closed: 'Closed conversations',
  all: 'Every conversation',
}

interface SidebarProps {
  readonly onReachOut: () => void
  readonly onShortcuts: () => void
  readonly children: ReactNode
}

export function Sidebar({ onReachOut, onShortcuts, children }: SidebarProps): ReactNode {
  const desk = useDesk()
  const { filter, signedIn } = useDeskState()
  const unread = useUnread()

  return (
    <div className="sidebar">
      <header className="sidebar-head">
        <span className="brand-mark" aria-hidden="true" />
        <strong>Beckon</strong>
        <button type="button" className="primary small" onClick={onReachOut}>Reach out</button>
      </header>
      <nav aria-label="Lists">
        {views.map((view) => (
          <button
            key={view}
            type="button"
            className="view"
            title={hints[view]}
            aria-current={filter.view === view ? 'page' : undefined}
            onClick={() => desk.show({ view })}
          >
            {names[view]}
            {view === 'inbox' && unread.count > 0 && <UnreadCount {...unread} />}
          </button>
        ))}
      </nav>
      <Search key={filter.view} />
      {children}
      <footer className="sidebar-foot">
        <span>{signedIn?.agent.displayName ?? ''}</span>
        <button type="button" className="quiet" onClick={onShortcuts} aria-label="Keyboard shortcuts">?</button>
        <button type="button" className="quiet" onClick={() => desk.attempt(desk.signOut)}>Sign out</button>
      </footer>
    </div>
  )
}

/** How long typing must rest before the server is asked. */
const restMs = 250

function Search(): ReactNode {
  const desk = useDesk()
  const { filter } = useDeskState()
  const [words, setWords] = useState(filter.search)

  useEffect(() => {
    if (words === filter.search) return undefined
    const timer = setTimeout(() => desk.show({ search: words }), restMs)
    return () => clearTimeout(timer)
  }, [desk, words, filter.search])

  return (
    <search className="search">
      <input
        id="search"
        type="search"
        aria-label="Search people and messages"
        placeholder="Search  /"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
    </search>
  )
}

interface Unread {
  readonly count: number
  /** The rest of the list has not been loaded. */
  readonly isMore: boolean
}

function UnreadCount({ count, isMore }: Unread): ReactNode {
  return <span className="count" aria-label={`${isMore ? 'at least ' : ''}${count} unread`}>{count}{isMore && '+'}</span>
}

function useUnread(): Unread {
  const { conversations, logs, listing } = useDeskState()
  const open = Object.values(conversations).filter(({ status, quiet }) => status === 'open' && !quiet)
  const count = open.filter((conversation) => attentionOf(conversation, logs[conversation.id] ?? []).unread > 0).length
  return { count, isMore: listing.nextUri !== undefined }
}
