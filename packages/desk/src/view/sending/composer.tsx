import { useState } from 'react'
import { useDesk, useDeskState } from '../desk-context.ts'
import { Plan, SendButton } from './send-foot.tsx'
import { noWishes, SendOptions, toSend } from './send-options.tsx'
import { usePlan } from './use-plan.ts'
import type { Conversation } from '@beckon/protocol'
import type { KeyboardEvent, ReactNode } from 'react'

/** Where an agent writes. Below it stands what sending would do, before it is done. */
export function Composer({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const desk = useDesk()
  const { contacts, now } = useDeskState()
  const [showsOptions, setShowsOptions] = useState(false)
  const { text, wishes, setWishes, plan, submit } = useLetter(conversation)
  const isClosed = conversation.status === 'closed'

  function send(): void {
    setShowsOptions(false)
    submit()
  }

  return (
    <form className="composer" onSubmit={(event) => { event.preventDefault(); send() }}>
      <textarea
        id="reply"
        aria-label={isClosed ? 'Reach out again' : 'Reply'}
        aria-describedby="plan"
        placeholder={isClosed ? 'Reach out again…' : 'Write a reply…'}
        rows={3}
        maxLength={4096}
        value={text}
        onChange={(event) => {
          desk.thread.draft(conversation.id, event.currentTarget.value)
          if (!isClosed) desk.thread.writing(conversation.id)
        }}
        onKeyDown={(event) => onKey(event, send)}
      />
      {(showsOptions || isClosed) && (
        <SendOptions wishes={wishes} onChange={setWishes} isClosed={isClosed} timeZone={contacts[conversation.contactId]?.timeZone} now={now} />
      )}
      <div className="composer-foot">
        <Plan id="plan" plan={plan} />
        {!isClosed && (
          <button type="button" className="quiet" aria-expanded={showsOptions} onClick={() => setShowsOptions(!showsOptions)}>Later…</button>
        )}
        <SendButton isOff={text.trim() === '' || plan?.isRefusal === true} isLater={wishes.sendAt !== ''} />
      </div>
    </form>
  )
}

/** What is being written to a conversation, and what would become of it. */
function useLetter(conversation: Conversation) {
  const desk = useDesk()
  const { drafts, now } = useDeskState()
  const [wishes, setWishes] = useState(noWishes)
  const { id, status, quiet, presence, lastSeq, contactId } = conversation
  const text = drafts[id] ?? ''
  const send = toSend(text.trim() === '' ? '…' : text.trim(), wishes, status === 'closed' || quiet)
  const question = JSON.stringify([id, status, presence.connections, lastSeq, send.policy])
  const plan = usePlan(question, () => desk.thread.plan(id, send), now)

  function submit(): void {
    if (text.trim() === '') return
    desk.thread.draft(id, '')
    setWishes(noWishes)
    desk.attempt(async () => {
      await desk.thread.reply(id, send)
      await desk.people.load(contactId)
    })
  }

  return { text, wishes, setWishes, plan, submit }
}

function onKey(event: KeyboardEvent<HTMLTextAreaElement>, send: () => void): void {
  if (event.key === 'Escape') event.currentTarget.blur()
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) send()
}
