import type { GuestEntry } from '@beckon/client'
import type { JSX } from 'preact'
import { named, type Strings } from '../../strings/strings.ts'
import { Message } from './message.tsx'
import { dayName } from './moments.ts'
import { usePanel } from '../panel-context.ts'
import type { Row } from './rows.ts'

export function ThreadRow({ row }: { readonly row: Row }): JSX.Element {
  const { strings, locale } = usePanel()
  switch (row.kind) {
    case 'day':
      return <li class="day">{dayName(row.at, locale, strings)}</li>
    case 'new':
      return (
        <li class="new">
          <span>{strings.newDivider}</span>
        </li>
      )
    case 'event':
      return <li class="event">{eventText(row.entry, strings)}</li>
    case 'message':
      return <Message row={row} />
  }
}

function eventText({ event, by, fromName }: GuestEntry, strings: Strings): string {
  const name = fromName ?? strings.support
  if (event === 'joined') return named(strings.eventJoined, name)
  if (event === 'left') return named(strings.eventLeft, name)
  if (event === 'reopened') return strings.eventReopened
  if (event === 'started') return strings.eventStarted
  return by === 'timer' ? strings.eventClosedIdle : strings.eventClosed
}
