import type { EntryFile, GuestEntry, GuestState, GuestThread, PendingMessage, SentFile } from '@beckon/client'

export type MessageStatus = 'sending' | 'sent' | 'delivered' | 'seen' | 'failed'

/** One line of the thread as it is shown. `key` stays the same from the first press of "send" to "seen". */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'event'; readonly key: string; readonly entry: GuestEntry }
  | MessageRow

export interface MessageRow {
  readonly kind: 'message'
  readonly key: string
  readonly text: string
  readonly at: number
  readonly isOwn: boolean
  readonly fromName: string | undefined
  readonly fromBot: boolean
  readonly isWithdrawn: boolean
  /** First and last of a run by the same sender: the name stands on the first, the time on the last. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Only where it says something: on the guest's last message, and on every one that is not stored. */
  readonly status: MessageStatus | undefined
  readonly pending: PendingMessage | undefined
  readonly files: readonly (EntryFile | SentFile)[]
  /** Cards, pickers and forms of the business. */
  readonly rich: RichMessage | undefined
}

export interface RichMessage {
  readonly entry: GuestEntry
  /** The guest has chosen: what may be chosen once only is no longer offered. */
  readonly isAnswered: boolean
  readonly mayAnswer: boolean
}

/** Messages of one sender further apart than this do not read as one turn. */
const turnMs = 5 * 60_000

export function rowsOf(state: GuestState, newFromSeq: number | undefined): readonly Row[] {
  const rows = [
    ...state.threads.flatMap((thread, at) => threadRows(state, thread, at, newFromSeq)),
    ...pendingRows(state),
  ]
  return withStatus(withRuns(withDays(rows)))
}

function threadRows(
  state: GuestState,
  thread: GuestThread,
  at: number,
  newFromSeq: number | undefined,
): readonly Row[] {
  const isCurrent = at === state.threads.length - 1
  return thread.entries.flatMap((entry): readonly Row[] => {
    const row = entryRow(state, entry, thread, at)
    if (row === undefined) return []
    return isCurrent && entry.seq === newFromSeq ? [{ kind: 'new', key: `new-${entry.seq}` }, row] : [row]
  })
}

function entryRow(state: GuestState, entry: GuestEntry, thread: GuestThread, threadAt: number): Row | undefined {
  const key = entry.clientId ?? entry.id
  if (entry.kind === 'event') return isShown(entry, threadAt) ? { kind: 'event', key, entry } : undefined
  const isOwn = entry.direction === 'inbound'
  return {
    kind: 'message',
    key,
    text: entry.text,
    at: entry.at,
    isOwn,
    fromName: entry.fromName,
    fromBot: entry.fromBot,
    isWithdrawn: entry.withdrawn,
    isFirst: true,
    isLast: true,
    status: isOwn ? statusOf(entry, thread) : undefined,
    pending: undefined,
    files: entry.withdrawn ? [] : entry.files,
    rich: isOwn || entry.withdrawn ? undefined : richOf(state, entry, thread),
  }
}

const richKinds = new Set(['Card', 'Carousel', 'DatePicker', 'ListPicker', 'Form'])

function richOf(state: GuestState, entry: GuestEntry, { entries }: GuestThread): RichMessage | undefined {
  if (!entry.content.some((part) => richKinds.has(kindOf(part)))) return undefined
  const answers = [...entries.flatMap(({ direction, content }) => (direction === 'inbound' ? content : [])), ...state.pending.map(({ answerTo }) => answerTo)]
  return {
    entry,
    // Every kind of answer names its question somewhere.
    isAnswered: answers.some((answer) => JSON.stringify(answer ?? '').includes(entry.id)),
    mayAnswer: state.conversation?.whenGuestWrites !== 'readOnly',
  }
}

function kindOf(part: unknown): string {
  return typeof part === 'object' && part !== null && 'contentType' in part ? String(part.contentType) : ''
}

/** A first conversation that starts is no news to the one who starts it, and nobody is told that they came in. */
function isShown(entry: GuestEntry, threadAt: number): boolean {
  if (entry.event === 'started') return threadAt > 0
  if (entry.event === 'joined' || entry.event === 'left')
    return entry.direction === 'outbound' && entry.fromName !== undefined
  return entry.event === 'closed' || entry.event === 'reopened'
}

function statusOf(entry: GuestEntry, { business }: GuestThread): MessageStatus {
  if (business.seenSeq >= entry.seq) return 'seen'
  return business.deliveredSeq >= entry.seq ? 'delivered' : 'sent'
}

function pendingRows({ pending }: GuestState): readonly Row[] {
  return pending.map((message) => ({
    kind: 'message',
    key: message.clientId,
    text: message.text,
    at: message.writtenAt,
    isOwn: true,
    fromName: undefined,
    fromBot: false,
    isWithdrawn: false,
    isFirst: true,
    isLast: true,
    status: pendingStatus(message),
    pending: message,
    files: message.files ?? [],
    rich: undefined,
  }))
}

/** Nothing is said of a message before it is safe from the page's end. */
function pendingStatus({ status, isBeingKept }: PendingMessage): MessageStatus | undefined {
  if (status === 'failed') return 'failed'
  return isBeingKept ? undefined : 'sending'
}

function withDays(rows: readonly Row[]): readonly Row[] {
  let day = ''
  return rows.flatMap((row): readonly Row[] => {
    const at = row.kind === 'message' ? row.at : row.kind === 'event' ? row.entry.at : undefined
    const own = at === undefined ? day : new Date(at).toDateString()
    if (at === undefined || own === day) return [row]
    day = own
    return [{ kind: 'day', key: `day-${own}-${row.key}`, at }, row]
  })
}

function withRuns(rows: readonly Row[]): readonly Row[] {
  return rows.map((row, at) =>
    row.kind === 'message'
      ? { ...row, isFirst: !isOneTurn(rows[at - 1], row), isLast: !isOneTurn(row, rows[at + 1]) }
      : row,
  )
}

function isOneTurn(a: Row | undefined, b: Row | undefined): boolean {
  if (a?.kind !== 'message' || b?.kind !== 'message') return false
  return a.isOwn === b.isOwn && a.fromName === b.fromName && Math.abs(b.at - a.at) < turnMs
}

function withStatus(rows: readonly Row[]): readonly Row[] {
  const lastOwn = rows.findLastIndex((row) => row.kind === 'message' && row.isOwn)
  return rows.map((row, at) =>
    row.kind === 'message' && row.pending === undefined && at !== lastOwn ? { ...row, status: undefined } : row,
  )
}
