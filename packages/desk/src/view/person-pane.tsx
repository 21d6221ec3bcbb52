import { shortMoment, wallClock } from '../state/moments.ts'
import { Avatar } from './avatar.tsx'
import { useDesk, useDeskState } from './desk-context.ts'
import { nameOfGuest } from './guest-name.ts'
import type { Contact, Conversation } from '@beckon/protocol'
import type { ReactNode } from 'react'

/** Who the guest is, what is waiting for them, and what was before. */
export function PersonPane({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const { contacts } = useDeskState()
  const contact = contacts[conversation.contactId]
  const { connections } = conversation.presence
  return (
    <aside className="person" aria-label="About the guest">
      <header className="person-head">
        <Avatar id={conversation.contactId} name={nameOfGuest(conversation)} isHere={connections > 0} />
        <h2>{nameOfGuest(conversation)}</h2>
        <p className={connections > 0 ? 'is-here' : ''}>{connections > 0 ? 'Here now' : 'Not here now'}</p>
      </header>
      {contact !== undefined && <Details contact={contact} />}
      {conversation.customAttributes !== undefined && <Visit attributes={conversation.customAttributes} />}
      <Scheduled contactId={conversation.contactId} />
      <Earlier conversation={conversation} />
    </aside>
  )
}

function Details({ contact }: { readonly contact: Contact }): ReactNode {
  const { now } = useDeskState()
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['E-mail', contact.email],
    ['Phone', contact.phone],
    ['Your id', contact.externalId],
    ['Language', contact.locale],
    ['Their time', wallClock(contact.timeZone, now)],
    ['First seen', shortMoment(contact.createdAt, now)],
    ['Declined', contact.optedOut.join(', ')],
    ...Object.entries(contact.attributes),
  ]
  return <Facts facts={facts} />
}

/** What their page said, which anybody can make it say: apart from what the business knows. */
function Visit({ attributes }: { readonly attributes: Readonly<Record<string, string>> }): ReactNode {
  return (
    <section>
      <h3>Said by their page</h3>
      <Facts facts={Object.entries(attributes)} />
    </section>
  )
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string | undefined])[] }): ReactNode {
  return (
    <dl className="facts">
      {facts.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Scheduled({ contactId }: { readonly contactId: string }): ReactNode {
  const desk = useDesk()
  const { scheduled, now } = useDeskState()
  const waiting = scheduled[contactId] ?? []
  if (waiting.length === 0) return null
  return (
    <section>
      <h3>Scheduled</h3>
      <ul className="scheduled">
        {waiting.map(({ id, text, sendAt, policy }) => (
          <li key={id}>
            <p>{text}</p>
            <small>
              {sendAt === undefined ? '' : shortMoment(sendAt, now)}
              {policy.unless?.includes('replied') === true && ', unless they reply'}
            </small>
            <button type="button" className="quiet" onClick={() => desk.attempt(() => desk.people.cancelScheduled(contactId, id))}>Cancel</button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Earlier({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const desk = useDesk()
  const { earlier, now } = useDeskState()
  const others = (earlier[conversation.contactId] ?? []).filter(({ id }) => id !== conversation.id)
  if (others.length === 0) return null
  return (
    <section>
      <h3>Other conversations</h3>
      <ul className="earlier-list">
        {others.map(({ id, lastText, lastEntryAt, status }) => (
          <li key={id}>
            <button type="button" className="quiet" onClick={() => desk.show({ conversationId: id })}>
              <span>{lastText ?? 'No message'}</span>
              <small>{shortMoment(lastEntryAt, now)} · {status}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
