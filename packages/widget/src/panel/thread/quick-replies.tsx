import type { GuestEntry, GuestState } from '@beckon/client'
import type { JSX } from 'preact'
import { usePanel } from '../panel-context.ts'

/** The ready-made answers to the last message, until it is answered in any way. */
export function QuickReplies({ state }: { readonly state: GuestState }): JSX.Element | null {
  const { guest, strings, refocus } = usePanel()
  const question = openQuestion(state)
  if (question === undefined) return null
  return (
    <div class="quick" role="group" aria-label={strings.quickReplies}>
      {question.quickReplies.map((reply) => (
        <button
          key={reply.payload}
          type="button"
          onClick={() => {
            guest.answer(question, reply)
            refocus()
          }}
        >
          {reply.text}
        </button>
      ))}
    </div>
  )
}

function openQuestion({ threads, pending, conversation }: GuestState): GuestEntry | undefined {
  if (pending.length > 0 || conversation?.whenGuestWrites === 'readOnly') return undefined
  const last = threads.at(-1)?.entries.findLast((entry) => entry.kind === 'message')
  const isOpen = last?.direction === 'outbound' && last.quickReplies.length > 0 && !last.withdrawn
  return isOpen ? last : undefined
}
