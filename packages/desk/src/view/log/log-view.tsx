import { messageInWords } from '@beckon/protocol'
import { clockTime, dayName } from '../../state/moments.ts'
import { useDesk, useDeskState } from '../desk-context.ts'
import { nameOfGuest } from '../guest-name.ts'
import { filesOf, MessageFiles } from './message-files.tsx'
import { Inspector } from './inspector.tsx'
import type { Conversation, Entry } from '@beckon/protocol'
import type { ReactNode } from 'react'
import type { Outgoing } from '../../state/desk-state.ts'

interface LogProps {
  readonly conversation: Conversation
  readonly log: readonly Entry[]
  readonly pending: readonly Outgoing[]
}

export function Log({ conversation, log, pending }: LogProps): ReactNode {
  const { now, typing } = useDeskState()
  const isTyping = (typing[conversation.id] ?? 0) > now
  return (
    <ol className="log">
      {log.map((entry, index) => (
        <li key={entry.id} className={`entry ${entry.kind} ${entry.direction}${continues(log[index - 1], entry) ? ' continues' : ''}`}>
          {isNewDay(log[index - 1], entry) && <p className="day">{dayName(entry.createdAt, now)}</p>}
          {entry.kind === 'event' ? <EventLine entry={entry} conversation={conversation} /> : <Message entry={entry} conversation={conversation} />}
        </li>
      ))}
      {pending.map((each) => (
        <li key={each.key} className="entry message outbound">
          <Pending conversationId={conversation.id} outgoing={each} />
        </li>
      ))}
      {isTyping && <li className="entry message inbound"><p className="bubble typing" role="img" aria-label="The guest is writing"><i /><i /><i /></p></li>}
    </ol>
  )
}

function Message({ entry, conversation }: { readonly entry: Entry; readonly conversation: Conversation }): ReactNode {
  const isOwn = entry.direction === 'outbound'
  const files = filesOf(entry)
  // What the guest sees as buttons and cards stands here in words.
  const words = messageInWords(entry)
  return (
    <>
      <p className="author">
        {authorOf(entry, conversation)} <time dateTime={entry.createdAt}>{clockTime(entry.createdAt)}</time>
        {entry.proactiveId !== undefined && <span className="tag">reached out</span>}
      </p>
      {/* Plain text from a guest, shown as text: line breaks come from the style sheet. */}
      {(words !== '' || files.length === 0) && <p className={`bubble${entry.withdrawn === true ? ' withdrawn' : ''}`}>{words || 'A message without text'}</p>}
      {files.length > 0 && <MessageFiles files={files} />}
      {isOwn && <Inspector entry={entry} fate={fateOf(entry, conversation)} />}
    </>
  )
}

function Pending({ conversationId, outgoing }: { readonly conversationId: string; readonly outgoing: Outgoing }): ReactNode {
  const desk = useDesk()
  const { key, text, failure } = outgoing
  return (
    <>
      <p className="bubble pending">{text}</p>
      {failure === undefined && <p className="fate">Sending…</p>}
      {failure !== undefined && (
        <p className="fate failed" role="alert">
          Not sent: {failure}{' '}
          <button type="button" className="quiet" onClick={() => desk.attempt(() => desk.thread.retry(conversationId, key))}>Try again</button>
        </p>
      )}
    </>
  )
}

function EventLine({ entry, conversation }: { readonly entry: Entry; readonly conversation: Conversation }): ReactNode {
  const { event, from, reason, createdAt } = entry
  const words = [eventWords[event ?? 'started'], from === undefined ? '' : `by ${authorOf(entry, conversation)}`, reason === undefined ? '' : `· ${reason}`]
  return (
    <p className="event-line">
      {words.filter((word) => word !== '').join(' ')} <time dateTime={createdAt}>{clockTime(createdAt)}</time>
    </p>
  )
}

function authorOf({ from, direction }: Entry, conversation: Conversation): string {
  if (from === undefined) return direction === 'inbound' ? nameOfGuest(conversation) : 'Your side'
  return from.name ?? (from.kind === 'customer' ? nameOfGuest(conversation) : authors[from.kind])
}

const authors = { agent: 'Agent', bot: 'Bot', api: 'Your system', timer: 'the clock' } as const

const eventWords = { started: 'Started', joined: 'Joined', left: 'Left', closed: 'Closed', reopened: 'Reopened' } as const

export type Fate = 'Sent' | 'Delivered' | 'Seen' | 'Taken back'

function fateOf({ seq, withdrawn }: Entry, { cursors }: Conversation): Fate {
  if (withdrawn === true) return 'Taken back'
  if (seq <= cursors.guest.seenSeq) return 'Seen'
  return seq <= cursors.guest.deliveredSeq ? 'Delivered' : 'Sent'
}

/** Messages of one author within this time are one block. */
const blockMs = 5 * 60_000

function continues(before: Entry | undefined, entry: Entry): boolean {
  if (before === undefined || before.kind === 'event' || entry.kind === 'event' || isNewDay(before, entry)) return false
  const isSameAuthor = before.direction === entry.direction && before.from?.name === entry.from?.name
  return isSameAuthor && Date.parse(entry.createdAt) - Date.parse(before.createdAt) < blockMs
}

function isNewDay(before: Entry | undefined, entry: Entry): boolean {
  return before === undefined || new Date(before.createdAt).toDateString() !== new Date(entry.createdAt).toDateString()
}
