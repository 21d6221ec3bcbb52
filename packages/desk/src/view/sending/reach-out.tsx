import { useEffect, useState } from 'react'
import { Avatar } from '../avatar.tsx'
import { useDesk, useDeskState } from '../desk-context.ts'
import { Dialog } from '../dialog.tsx'
import { nameOfContact } from '../guest-name.ts'
import { Plan, SendButton } from './send-foot.tsx'
import { noWishes, SendOptions, toSend } from './send-options.tsx'
import { usePlan } from './use-plan.ts'
import type { Contact } from '@beckon/protocol'
import type { ReactNode } from 'react'

/** Writes to somebody who has not asked: first who, then what; what will happen is said before it does. */
export function ReachOut({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [contact, setContact] = useState<Contact>()
  return (
    <Dialog title="Reach out" onClose={onClose}>
      {contact === undefined ? <ChoosePerson onChoose={setContact} /> : <Letter contact={contact} onClose={onClose} />}
    </Dialog>
  )
}

/** How long typing must rest before the server is asked. */
const restMs = 200

function ChoosePerson({ onChoose }: { readonly onChoose: (contact: Contact) => void }): ReactNode {
  const desk = useDesk()
  const [words, setWords] = useState('')
  const [found, setFound] = useState<readonly Contact[]>()

  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(() => {
      desk.attempt(async () => {
        const contacts = await desk.people.find(words)
        if (isCurrent) setFound(contacts)
      })
    }, restMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [desk, words])

  return (
    <div className="choose">
      <label>
        To whom?
        <input type="search" placeholder="Name, e-mail or your own id" value={words} onChange={(event) => setWords(event.currentTarget.value)} />
      </label>
      <ul>
        {(found ?? []).map((contact) => (
          <li key={contact.id}>
            <button type="button" className="quiet" onClick={() => onChoose(contact)}>
              <Avatar id={contact.id} name={nameOfContact(contact)} />
              <span>{nameOfContact(contact)}</span>
              <small>{contact.email ?? contact.externalId ?? ''}</small>
            </button>
          </li>
        ))}
      </ul>
      <p role="status">{found?.length === 0 ? 'Nobody found.' : ''}</p>
    </div>
  )
}

function Letter({ contact, onClose }: { readonly contact: Contact; readonly onClose: () => void }): ReactNode {
  const desk = useDesk()
  const { now } = useDeskState()
  const [text, setText] = useState('')
  const [wishes, setWishes] = useState(noWishes)
  const send = toSend(text.trim() === '' ? '…' : text.trim(), wishes, true)
  const plan = usePlan(JSON.stringify([contact.id, send.policy]), () => desk.people.plan(contact.id, send), now)

  function submit(): void {
    if (text.trim() === '') return
    desk.attempt(async () => {
      const { conversationId } = await desk.people.reach(contact.id, send)
      onClose()
      if (conversationId !== undefined) desk.show({ conversationId })
    })
  }

  return (
    <form className="letter" onSubmit={(event) => { event.preventDefault(); submit() }}>
      <p className="addressee">
        <Avatar id={contact.id} name={nameOfContact(contact)} /> {nameOfContact(contact)}
      </p>
      <textarea
        aria-label="Message"
        aria-describedby="letter-plan"
        rows={5}
        maxLength={4096}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit()}
      />
      <SendOptions wishes={wishes} onChange={setWishes} isClosed timeZone={contact.timeZone} now={now} />
      <div className="composer-foot">
        <Plan id="letter-plan" plan={plan} />
        <SendButton isOff={text.trim() === '' || plan?.isRefusal === true} isLater={wishes.sendAt !== ''} />
      </div>
    </form>
  )
}
