import { firstVisibleSeq, visibleConversation, type Clock, type Conversation, type ConversationId, type Entry, type Reader, type Session } from '@beckon/core'
import { answerFrame, guestLimits, pushFrame, type GuestFrameOf } from '@beckon/protocol'
import { flushed, isLate, noteLatest, send, type Connection } from './connection.ts'
import { entryFrames } from './frames.ts'
import { renderEntry } from './render-entry.ts'
import { tellConversation } from './tell-conversation.ts'

/**
 * Reads the log for a socket until it has everything, once at a time: whoever asks meanwhile waits for the same end. `arriving`: the socket has just been put where hints reach it, and
 * what other nodes told between its session's transaction and that moment has passed it by; there may be no thread yet.
 */
export interface CatchUp {
  (connection: Connection, conversationId: ConversationId): Promise<void>
  (connection: Connection, conversationId: ConversationId | undefined, when: 'arriving'): Promise<void>
}

export interface CatchUpDeps {
  readonly reader: Reader
  readonly clock: Clock
  readonly onSession: (connection: Connection, session: Session) => void
  readonly onDelivered: (connection: Connection) => void
  readonly onError: (error: unknown) => void
}

const entriesAtATime = 100

/**
 * Sends what a socket lacks. A socket without a view of this conversation begins with its last entries; one with a view
 * goes on from where it is. What is committed meanwhile is noted by the hub and read here, so that entries leave in the
 * order of the log and once.
 */
export function createCatchUp(deps: CatchUpDeps): CatchUp {
  return (connection: Connection, conversationId: ConversationId | undefined, when?: 'arriving') => {
    if (connection.catchingUp && conversationId !== undefined) connection.missed = conversationId
    connection.catchingUp ??= readAll(deps, connection, conversationId, when)
    return connection.catchingUp
  }
}

async function readAll(deps: CatchUpDeps, connection: Connection, conversationId: ConversationId | undefined, when: 'arriving' | undefined): Promise<void> {
  try {
    if (conversationId !== undefined) await readThread(deps.reader, connection, conversationId)
    if (when === 'arriving') await lookAround(deps, connection)
    await readMissed(deps, connection)
    deps.onDelivered(connection)
  } catch (error) {
    // The socket's client comes back and resumes; what it missed is in the log.
    connection.socket.terminate()
    deps.onError(error)
  } finally {
    delete connection.catchingUp
    delete connection.missed
  }
}

/** Notes what the socket could not hear of. */
async function lookAround({ reader, onSession }: CatchUpDeps, connection: Connection): Promise<void> {
  const { contactId, session } = connection
  if (contactId === undefined || !session) return
  const [latest, current] = await Promise.all([reader.latestConversation(contactId), reader.session(session.id)])
  if (connection.phase !== 'configured' || connection.session?.id !== session.id) return
  if (current) onSession(connection, current)
  const visible = visibleConversation(connection.session, latest)
  if (visible && isNews(connection, visible)) noteUnheard(connection, visible)
}

function isNews({ view }: Connection, { id, version }: Conversation): boolean {
  return id !== view?.conversationId || version > view.version
}

function noteUnheard(connection: Connection, { id, lastEntryAt }: Conversation): void {
  if (connection.missed === undefined || !isLate(connection, lastEntryAt)) connection.missed = id
  noteLatest(connection, lastEntryAt)
}

async function readMissed({ reader, clock }: CatchUpDeps, connection: Connection): Promise<void> {
  while (connection.missed !== undefined) {
    const { missed } = connection
    delete connection.missed
    const hasTurned = connection.view?.conversationId !== missed
    await readThread(reader, connection, missed)
    const conversation = await reader.conversation(missed)
    if (conversation) tellConversation(connection, conversation, { now: clock.now(), hasTurned })
  }
}

async function readThread(reader: Reader, connection: Connection, conversationId: ConversationId): Promise<void> {
  const { view } = connection
  const isReset = view !== undefined && (view.conversationId !== conversationId || view.beginsAnew === true)
  if (view) delete view.beginsAnew
  if (connection.view?.conversationId !== conversationId) await begin(reader, connection, conversationId)
  await continueFrom(reader, connection, isReset)
}

/** Places the view before the last visible entries. */
async function begin(reader: Reader, connection: Connection, conversationId: ConversationId): Promise<void> {
  const conversation = await reader.conversation(conversationId)
  // The socket may have gone over to somebody else's session while this was read.
  if (!conversation || !connection.session || conversation.contactId !== connection.contactId) return
  const { version, status, guest, business } = conversation
  connection.view = { conversationId, sentSeq: seqBefore(connection, connection.session, conversation), version, status, guest, business }
}

/** Where a socket begins that has nothing yet: before the last visible entries, or for other clients before those that they have not been sent. */
export function seqBefore({ hasAdditions }: Connection, session: Session, { id, lastSeq, guest }: Conversation): number {
  return Math.max(firstVisibleSeq(session, id) - 1, hasAdditions ? lastSeq - guestLimits.catchUpEntries : guest.deliveredSeq)
}

async function continueFrom(reader: Reader, connection: Connection, isReset: boolean): Promise<void> {
  const { view, session } = connection
  if (!view || !session) return
  const isCurrent = (): boolean => connection.phase === 'configured' && connection.view === view
  const first = firstVisibleSeq(session, view.conversationId)
  const hasOlder = view.sentSeq >= first
  while (isCurrent()) {
    const entries = await reader.entries(view.conversationId, { after: view.sentSeq, limit: entriesAtATime })
    if (!isCurrent()) return
    const complete = entries.length < entriesAtATime
    view.sentSeq = entries.at(-1)?.seq ?? view.sentSeq
    noteLatest(connection, entries.at(-1)?.at)
    await sendPart(connection, entries, { complete, hasOlder, reset: isReset })
    if (complete) return
  }
}

interface Part {
  readonly complete: boolean
  readonly hasOlder: boolean
  readonly reset: boolean
}

async function sendPart(connection: Connection, entries: readonly Entry[], part: Part): Promise<void> {
  const { view } = connection
  if (connection.hasAdditions && view) {
    send(connection, JSON.stringify(pushFrame('History', historyBody(view.conversationId, entries, part))))
    return flushed(connection)
  }
  for (const entry of entries) {
    const frame = entry.kind === 'message' && entry.by.kind !== 'customer' ? entryFrames(entry).plain(false) : undefined
    if (frame === undefined) continue
    send(connection, frame)
    await flushed(connection)
  }
}

function historyBody(conversationId: string, entries: readonly Entry[], part: Part): GuestFrameOf<'History'>['body'] {
  return { conversationId, entities: entries.map(renderEntry), ...part }
}

/** The answer to `history`: older entries, which do not move the socket's view. */
export async function readOlder(
  reader: Reader,
  connection: Connection,
  asked: { readonly conversationId: ConversationId; readonly beforeSeq: number; readonly limit: number; readonly tracingId?: string | undefined },
): Promise<void> {
  const { session } = connection
  const conversation = await reader.conversation(asked.conversationId)
  if (!session) return
  const mayRead = conversation?.contactId === session.contactId && conversation.id !== session.leftConversationId
  const first = mayRead ? firstVisibleSeq(session, asked.conversationId) : Infinity
  const entries = mayRead ? await reader.entries(asked.conversationId, { before: asked.beforeSeq, after: first - 1, limit: asked.limit }) : []
  const part = { complete: true, hasOlder: (entries[0]?.seq ?? 0) > first, reset: false }
  send(connection, JSON.stringify(answerFrame('History', historyBody(asked.conversationId, entries, part), asked.tracingId)))
}
