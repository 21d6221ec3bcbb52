import type { GuestState } from '@beckon/client'
import type { JSX } from 'preact'
import { useCallback, useEffect, useReducer } from 'preact/hooks'
import { counted } from '../../strings/strings.ts'
import { Icon } from '../icon.tsx'
import { usePanel } from '../panel-context.ts'
import { QuickReplies } from './quick-replies.tsx'
import { rowsOf } from './rows.ts'
import { ThreadRow } from './thread-row.tsx'
import { Typing } from './typing.tsx'
import { useNewDivider } from './use-new-divider.ts'
import { useThreadScroll } from './use-thread-scroll.ts'
import { Welcome } from './welcome.tsx'

export function ThreadView({ state }: { readonly state: GuestState }): JSX.Element {
  const { guest, strings } = usePanel()
  const isVisible = useVisibility()
  const thread = state.threads.at(-1)
  const hasOlder = thread?.hasOlder === true && state.phase === 'live'
  const loadOlder = useCallback(() => {
    if (hasOlder) void guest.loadOlder()
  }, [guest, hasOlder])
  const newFromSeq = useNewDivider(state, isVisible)
  const rows = rowsOf(state, newFromSeq)
  const scroll = useThreadScroll(rows, loadOlder)

  useEffect(() => {
    if (isVisible && scroll.isAtEndNow() && state.unread > 0) guest.markSeen()
  })

  return (
    <div class="thread">
      {/* The log is silent: a live region of its own speaks the new message, once and without its surroundings. */}
      <div
        class="scroll"
        role="log"
        aria-live="off"
        aria-label={strings.messages}
        tabIndex={0}
        ref={scroll.attach}
        onScroll={scroll.scrolled}
      >
        {hasOlder && (
          <button
            type="button"
            class="earlier"
            onClick={() => (scroll.focus(), loadOlder())}
            aria-busy={state.loadingOlder}
          >
            {strings.earlier}
          </button>
        )}
        {rows.length === 0 ? <Welcome /> : <Rows rows={rows} />}
        <QuickReplies state={state} />
        {state.typing !== undefined && <Typing name={state.typing.name} />}
      </div>
      {!scroll.isAtEnd && <ToLatest unread={state.unread} jump={() => (scroll.focus(), scroll.toLatest())} />}
    </div>
  )
}

function Rows({ rows }: { readonly rows: ReturnType<typeof rowsOf> }): JSX.Element {
  return (
    <ol class="rows">
      {rows.map((row) => (
        <ThreadRow key={row.key} row={row} />
      ))}
    </ol>
  )
}

function ToLatest({ unread, jump }: { readonly unread: number; readonly jump: () => void }): JSX.Element {
  const { strings, locale } = usePanel()
  return (
    <button type="button" class="to-latest" onClick={jump} aria-label={unread === 0 ? strings.toLatest : undefined}>
      {unread > 0 && <span>{counted(strings.newBelow, unread, locale)}</span>}
      <Icon path="down" />
    </button>
  )
}

function useVisibility(): boolean {
  const [, renew] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const heard = (): void => renew(undefined)
    document.addEventListener('visibilitychange', heard)
    return () => document.removeEventListener('visibilitychange', heard)
  }, [])
  return document.visibilityState === 'visible'
}
