import type { GuestState } from '@beckon/client'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Composer } from './composer.tsx'
import { usePanel } from './panel-context.ts'

/** Where the guest writes, and what writing would do when the conversation is closed. Never a dead end. */
export function Footer({ state, attach }: { readonly state: GuestState; readonly attach: (files: Iterable<File>) => void }): JSX.Element {
  const { guest, strings, refocus } = usePanel()
  const { conversation } = state
  const mayWrite = conversation?.status !== 'closed' || conversation.whenGuestWrites !== 'readOnly'
  useFocusRescue(mayWrite)
  if (conversation?.status !== 'closed') {
    return (
      <div class="footer">
        <Composer state={state} attach={attach} />
      </div>
    )
  }
  return (
    <div class="footer">
      <p class="closed">{closedWords()}</p>
      {!mayWrite ? (
        <button type="button" class="start-new" onClick={() => (guest.startNew(), refocus())}>
          {strings.startNew}
        </button>
      ) : (
        <Composer state={state} attach={attach} />
      )}
    </div>
  )

  function closedWords(): string {
    if (!mayWrite) return strings.closedReadOnly
    return conversation?.whenGuestWrites === 'startLinked' ? strings.closedStartNew : strings.closedReopen
  }
}

/** When the place to write comes or goes, the keyboard must not be left on an element that is no more. */
function useFocusRescue(mayWrite: boolean): void {
  const { refocus } = usePanel()
  const before = useRef(mayWrite)
  useEffect(() => {
    if (before.current !== mayWrite && document.activeElement === document.body) refocus()
    before.current = mayWrite
  }, [mayWrite, refocus])
}
