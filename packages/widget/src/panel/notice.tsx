import type { GuestState } from '@beckon/client'
import type { JSX } from 'preact'
import { usePanel } from './panel-context.ts'
import { useSteadily } from './use-steadily.ts'

/** Shorter losses of the connection pass without a word. */
const hiccupMs = 2000

/** One line under the header when something keeps messages from flowing. */
export function Notice({ state }: { readonly state: GuestState }): JSX.Element | null {
  const { guest, strings } = usePanel()
  const isCut = useSteadily(!['live', 'failed', 'closed'].includes(state.phase), hiccupMs)
  if (state.phase === 'failed') return <p class="notice">{strings.unavailable}</p>
  if (state.phase === 'closed' && state.closeReason === 'replaced') {
    return (
      <p class="notice">
        {strings.elsewhere}{' '}
        <button type="button" onClick={guest.wake}>
          {strings.useHere}
        </button>
      </p>
    )
  }
  if (!isCut) return null
  return <p class="notice">{navigator.onLine ? strings.connecting : strings.offline}</p>
}
