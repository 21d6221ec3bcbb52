import { useState } from 'react'
import { ConversationList } from './conversation-list.tsx'
import { useDesk, useDeskState } from './desk-context.ts'
import { PersonPane } from './person-pane.tsx'
import { ReachOut } from './sending/reach-out.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { Sidebar } from './sidebar.tsx'
import { ThreadPane } from './thread-pane.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import type { ReactNode } from 'react'

/** Three panes: who has written, what was said, who they are. */
export function Workplace(): ReactNode {
  const desk = useDesk()
  const { filter, conversations, isLive, notice = '' } = useDeskState()
  const [dialog, setDialog] = useState<'shortcuts' | 'reachOut'>()
  const selected = filter.conversationId === undefined ? undefined : conversations[filter.conversationId]
  useShortcuts(desk, { isEnabled: dialog === undefined, open: setDialog })

  return (
    <div className={`workplace${selected === undefined ? '' : ' has-selection'}`}>
      <Sidebar onReachOut={() => setDialog('reachOut')} onShortcuts={() => setDialog('shortcuts')}>
        <ConversationList />
      </Sidebar>
      {selected === undefined ? <NothingOpen /> : <ThreadPane key={selected.id} conversation={selected} />}
      {selected !== undefined && <PersonPane conversation={selected} />}
      <p className="banner" role="status">{isLive ? '' : 'Connection lost. Trying again; nothing will be missed.'}</p>
      {notice !== '' && (
        <p className="notice" role="alert">
          {notice}
          <button type="button" className="quiet" aria-label="Dismiss this message" onClick={desk.dismissNotice}>×</button>
        </p>
      )}
      {dialog === 'shortcuts' && <Shortcuts onClose={() => setDialog(undefined)} />}
      {dialog === 'reachOut' && <ReachOut onClose={() => setDialog(undefined)} />}
    </div>
  )
}

function NothingOpen(): ReactNode {
  const { listing, filter } = useDeskState()
  const isEmpty = listing.state === 'ready' && listing.ids.length === 0 && filter.search === ''
  return (
    <main className="nothing-open">
      <div>
        <span className="brand-mark large" aria-hidden="true" />
        <h1>{isEmpty ? 'Nobody is waiting' : 'Pick a conversation'}</h1>
        <p>
          <kbd>j</kbd> and <kbd>k</kbd> move, <kbd>n</kbd> reaches out, <kbd>?</kbd> shows every key.
        </p>
      </div>
    </main>
  )
}
