import { useEffect, useLayoutEffect, useRef } from 'react'
import { stillOutgoing } from '../state/thread.ts'
import { Composer } from './sending/composer.tsx'
import { useDesk, useDeskState } from './desk-context.ts'
import { nameOfGuest } from './guest-name.ts'
import { Log } from './log/log-view.tsx'
import type { Conversation, Entry } from '@beckon/protocol'
import type { ReactNode } from 'react'

export function ThreadPane({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const desk = useDesk()
  const { logs, outgoing } = useDeskState()
  const log = logs[conversation.id] ?? []
  const pending = stillOutgoing(outgoing[conversation.id] ?? [], log)
  const scroller = useStickToEnd(log.length + pending.length)

  useEffect(() => {
    const seen = (): void => desk.attempt(() => desk.thread.markRead(conversation.id))
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [desk, conversation.id])

  return (
    <main className="thread" aria-label={`Conversation with ${nameOfGuest(conversation)}`}>
      <ThreadHead conversation={conversation} />
      {/* A region that scrolls must be reachable by keyboard. */}
      <section className="scroller" ref={scroller} tabIndex={0} aria-label="Messages">
        {(log[0]?.seq ?? 1) > 1 && (
          <button type="button" className="quiet earlier" onClick={() => desk.attempt(() => desk.inbox.loadEarlier(conversation.id))}>
            Show earlier messages
          </button>
        )}
        <Log conversation={conversation} log={log} pending={pending} />
      </section>
      <NewestAloud log={log} />
      <Composer conversation={conversation} />
    </main>
  )
}

function ThreadHead({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const desk = useDesk()
  const { id, status, presence, quiet } = conversation
  const isOpen = status === 'open'
  return (
    <header className="thread-head">
      <button type="button" className="quiet back" aria-label="Back to the list" onClick={() => desk.show({ conversationId: undefined })}>←</button>
      <h1>{nameOfGuest(conversation)}</h1>
      <span className={`state ${status}`}>{isOpen ? 'Open' : 'Closed'}</span>
      {quiet && <span className="state quiet-thread" title="Nobody has answered yet">Quiet</span>}
      <span className="presence">{tabsOpen(presence.connections)}</span>
      <button type="button" className="secondary" onClick={() => desk.attempt(() => (isOpen ? desk.thread.close(id) : desk.thread.reopen(id)))}>
        {isOpen ? 'Close' : 'Reopen'} <kbd aria-hidden="true">{isOpen ? 'e' : 'o'}</kbd>
      </button>
    </header>
  )
}

/** Speaks only what the guest has just written, not the history that was read. */
function NewestAloud({ log }: { readonly log: readonly Entry[] }): ReactNode {
  const atOpening = useRef(log.at(-1)?.seq ?? 0)
  const newest = log.findLast(({ kind, direction }) => kind === 'message' && direction === 'inbound')
  const isNew = newest !== undefined && atOpening.current > 0 && newest.seq > atOpening.current
  return <p className="visually-hidden" role="status">{isNew ? `${newest.from?.name ?? 'Guest'}: ${newest.text ?? ''}` : ''}</p>
}

/** Close enough to the end to count as being there. */
const nearEndPx = 120

/** Keeps the newest message in sight, unless the reader has gone back to read. */
function useStickToEnd(length: number): React.RefObject<HTMLElement | null> {
  const scroller = useRef<HTMLElement>(null)
  const wasAtEnd = useRef(true)

  useEffect(() => {
    const element = scroller.current
    const note = (): void => {
      if (element !== null) wasAtEnd.current = element.scrollHeight - element.clientHeight - element.scrollTop < nearEndPx
    }
    element?.addEventListener('scroll', note, { passive: true })
    return () => element?.removeEventListener('scroll', note)
  }, [])

  useLayoutEffect(() => {
    const element = scroller.current
    const stick = (): void => {
      if (wasAtEnd.current) element?.scrollTo({ top: element.scrollHeight })
    }
    stick()
    // What became of a message comes below it a moment later, and the room above the composer changes with what is typed and said there.
    const observer = new ResizeObserver(stick)
    for (const one of element === null ? [] : [element, ...element.children]) observer.observe(one)
    return () => observer.disconnect()
  }, [length])

  return scroller
}

function tabsOpen(connections: number): string {
  if (connections === 0) return 'not here now'
  return connections === 1 ? '1 tab open' : `${connections} tabs open`
}
