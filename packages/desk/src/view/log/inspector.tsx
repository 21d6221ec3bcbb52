import { useEffect, useRef, useState } from 'react'
import { shortMoment } from '../../state/moments.ts'
import { useDesk, useDeskState } from '../desk-context.ts'
import type { Delivery, Entry } from '@beckon/protocol'
import type { ReactNode } from 'react'
import type { Fate } from './log-view.tsx'

/** The fate of one outgoing message in a word; opened, every step of its way. */
export function Inspector({ entry, fate }: { readonly entry: Entry; readonly fate: Fate }): ReactNode {
  const desk = useDesk()
  const [isOpen, setOpen] = useState(false)

  function toggle(): void {
    if (!isOpen) desk.attempt(() => desk.people.inspect(entry.id))
    setOpen(!isOpen)
  }

  return (
    <div className="inspector">
      <button type="button" className={`fate ${fate.toLowerCase().replace(' ', '-')}`} aria-expanded={isOpen} onClick={toggle}>
        {fate}
        <span className="visually-hidden">: how it was delivered</span>
      </button>
      {isOpen && <Report messageId={entry.id} />}
    </div>
  )
}

function Report({ messageId }: { readonly messageId: string }): ReactNode {
  const { reports, now } = useDeskState()
  const report = reports[messageId]
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [report])

  if (report === undefined) return <p className="report">Reading…</p>
  const { proactive, entities, overdueSince } = report
  return (
    <div className="report" ref={place}>
      <ul>
        {entities.map((delivery) => (
          <li key={delivery.route} className={delivery.status}>
            <span className="route">{routes[delivery.route]}</span> {delivered(delivery)}
            {delivery.at !== undefined && <time dateTime={delivery.at}>{shortMoment(delivery.at, now)}</time>}
          </li>
        ))}
      </ul>
      {overdueSince !== undefined && <p>Should have been sent {shortMoment(overdueSince, now)}: no worker of this installation keeps appointments.</p>}
      {proactive !== undefined && (
        <ol className="steps">
          {proactive.timeline.map((step) => (
            <li key={step.at + step.what}>
              <time dateTime={step.at}>{shortMoment(step.at, now)}</time> {step.what}
              {step.detail !== undefined && <small>{step.detail}</small>}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

const routes: Readonly<Record<Delivery['route'], string>> = { live: 'On the page', webpush: 'Push', email: 'E-mail', hook: 'Hook' }

function delivered({ route, status, connections, detail }: Delivery): string {
  if (route === 'live' && status === 'waiting') return 'waits for their return'
  const tabs = connections === undefined || connections === 0 ? '' : ` · ${connections} ${connections === 1 ? 'tab' : 'tabs'}`
  return status + tabs + (detail === undefined ? '' : ` · ${detail}`)
}
