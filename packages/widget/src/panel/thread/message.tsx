import type { JSX } from 'preact'
import type { Strings } from '../../strings/strings.ts'
import { Files } from '../files/files-on-demand.tsx'
import { MessageText } from './message-text.tsx'
import { Rich } from './content/rich.tsx'
import { timeOfDay } from './moments.ts'
import { usePanel } from '../panel-context.ts'
import type { MessageRow } from './rows.ts'

export function Message({ row }: { readonly row: MessageRow }): JSX.Element {
  const { strings } = usePanel()
  const name = row.fromName ?? strings.support
  return (
    <li class={classOf(row)}>
      <span class={row.isFirst && !row.isOwn ? 'sender' : 'unseen'}>
        {row.isOwn ? strings.you : name}
        {row.fromBot && <span class="tag">{strings.bot}</span>}
      </span>
      {(row.text !== '' || row.isWithdrawn || (row.rich === undefined && row.files.length === 0)) && (
        <div class="bubble">{row.isWithdrawn ? <em>{strings.withdrawn}</em> : <MessageText text={row.text} />}</div>
      )}
      {row.rich !== undefined && <Rich rich={row.rich} />}
      <Files files={row.files} />
      <Footnote row={row} />
    </li>
  )
}

function classOf({ isOwn, isFirst, isLast, status, isWithdrawn }: MessageRow): string {
  const marks = { message: true, own: isOwn, first: isFirst, last: isLast, withdrawn: isWithdrawn }
  const names = Object.entries(marks).flatMap(([name, holds]) => (holds ? [name] : []))
  return [...names, status ?? ''].join(' ')
}

function Footnote({ row }: { readonly row: MessageRow }): JSX.Element | null {
  const { strings, locale, guest, refocus } = usePanel()
  const { status, pending } = row
  if (status === undefined && !row.isLast) return null
  if (status === 'failed' && pending !== undefined) {
    const { clientId, problem } = pending
    return (
      <div class="footnote">
        <span>{problem?.code === 4011 ? strings.tooLong : strings.notSent}</span>
        <button type="button" onClick={() => (guest.retry(clientId), refocus())}>
          {strings.retry}
        </button>
        <button type="button" onClick={() => (guest.discard(clientId), refocus())}>
          {strings.discard}
        </button>
      </div>
    )
  }
  return (
    <div class="footnote">
      {pending === undefined && <time dateTime={new Date(row.at).toISOString()}>{timeOfDay(row.at, locale)}</time>}
      {status !== undefined && <span class="status">{wordOf(status, strings)}</span>}
    </div>
  )
}

function wordOf(status: NonNullable<MessageRow['status']>, strings: Strings): string {
  return status === 'failed' ? strings.notSent : strings[status]
}
