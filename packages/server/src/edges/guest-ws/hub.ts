import { isInbound, must, type Bus, type Clock, type Committed, type ContactId, type Conversation, type ConversationId, type Entry, type Hint, type Instant, type Reader, type Session, type Typing } from '@beckon/core'
import { pushFrame } from '@beckon/protocol'
import type { AttachmentLinks } from '../shared/attachment-links.ts'
import { timeOf } from '../shared/time-text.ts'
import type { LinkEntry } from './attachments/link-entries.ts'
import { tellAttachment } from './attachments/tell-attachment.ts'
import type { CatchUp } from './catch-up.ts'
import { isLate, noteLatest, send, type Connection } from './connection.ts'
import { entryFrames, type EntryFrames } from './frames.ts'
import type { Farewell } from './farewell.ts'
import { renderConversation } from './render-session.ts'
import { tellConversation } from './tell-conversation.ts'

export interface Hub {
  add(connection: Connection, contactId: ContactId): void
  remove(connection: Connection): void
  of(contactId: ContactId): ReadonlySet<Connection>
  stop(): void
}

export interface HubDeps {
  readonly bus: Bus
  readonly clock: Clock
  readonly reader: Reader
  readonly catchUp: CatchUp
  readonly farewell: Farewell
  readonly onDelivered: (connection: Connection) => void
  /** A message of the business was sent to this socket. */
  readonly onReached: (connection: Connection) => void
  readonly links: AttachmentLinks
  readonly linkEntry: LinkEntry
  readonly onError: (error: unknown) => void
}

const nobody: ReadonlySet<Connection> = new Set()

/**
 * Brings commits to the sockets of their contact. A hint is only a wake-up: a socket is sent the hint's entries when they
 * continue exactly what it has, and otherwise reads the log from where it is.
 */
export function createHub(deps: HubDeps): Hub {
  const byContact = new Map<ContactId, Set<Connection>>()
  const of = (contactId: ContactId): ReadonlySet<Connection> => byContact.get(contactId) ?? nobody
  const stop = deps.bus.subscribe((hint: Hint) => {
    if (hint.kind === 'committed') {
      for (const committed of hint.batch) {
        tellLeft(deps, committed, of)
        if (committed.contactId !== undefined) tell(deps, committed, of(committed.contactId))
      }
    } else if (hint.kind === 'typing' && hint.typing.by === 'agent') {
      tellTyping(hint.typing, of(hint.typing.contactId), deps.clock.now())
    }
  })
  return {
    of,
    stop,
    add(connection, contactId) {
      const known = byContact.get(contactId)
      if (known) known.add(connection)
      else byContact.set(contactId, new Set([connection]))
    },
    remove(connection) {
      if (connection.contactId === undefined) return
      const known = byContact.get(connection.contactId)
      known?.delete(connection)
      if (known?.size === 0) byContact.delete(connection.contactId)
    },
  }
}

/** Who signs in may leave sessions behind that were somebody else's until now. */
function tellLeft(deps: HubDeps, { sessions, contactId }: Committed, of: Hub['of']): void {
  for (const session of sessions) {
    if (session.contactId === contactId) continue
    for (const connection of [...of(session.contactId)]) tellSession(deps.farewell, connection, session)
  }
}

function tell(deps: HubDeps, committed: Committed, connections: ReadonlySet<Connection>): void {
  if (connections.size === 0) return
  const frames = committed.entries.map(({ entry, trace }) => entryFrames(deps.linkEntry(entry), trace?.tracingId))
  const isReached = committed.entries.some(({ entry }) => entry.kind === 'message' && !isInbound(entry))
  for (const connection of [...connections]) {
    for (const session of committed.sessions) tellSession(deps.farewell, connection, session)
    if (connection.phase !== 'configured') continue
    for (const attachment of committed.attachments ?? []) tellAttachment(connection, attachment, deps.links)
    if (connection.catchingUp) {
      for (const frame of frames) echo(connection, frame)
      noteMissed(connection, committed)
      continue
    }
    if (hasMoved(connection, committed)) void turnTo(deps, connection, must(committed.conversations.at(-1), 'somebody is somewhere').id)
    else tellLog(deps, connection, frames, committed.conversations.at(-1))
    if (isReached) deps.onReached(connection)
  }
}

/** Somebody who signed in elsewhere brought a thread along, which is where they are now. */
function hasMoved({ view }: Connection, { mergedFrom, conversations }: Committed): boolean {
  const where = conversations.at(-1)
  return mergedFrom !== undefined && where !== undefined && where.id !== view?.conversationId
}

function tellLog(deps: HubDeps, connection: Connection, frames: readonly EntryFrames[], conversation: Conversation | undefined): void {
  const before = connection.view?.sentSeq
  for (const frame of frames) tellEntry(deps, connection, frame)
  if (conversation) tellConversation(connection, conversation, { now: deps.clock.now(), hasTurned: false })
  if (connection.view?.sentSeq !== before) deps.onDelivered(connection)
}

/** Whoever reads for this socket goes on where something happened last; of a thread that is not shown, only entries matter. */
function noteMissed(connection: Connection, { entries, conversations, mergedFrom }: Committed): void {
  const last = entries.at(-1)?.entry
  const id = last?.conversationId ?? conversations.at(-1)?.id
  const isElsewhere = id !== (connection.missed ?? connection.view?.conversationId)
  if (mergedFrom === undefined && isElsewhere && (!last || isLate(connection, last.at))) return
  noteLatest(connection, last?.at)
  connection.missed = id
}

function tellEntry(deps: HubDeps, connection: Connection, frames: EntryFrames): void {
  const { entry } = frames
  const place = placeOf(connection, entry)
  if (place === 'late') return
  if (place === 'begins') connection.view = beginView(entry)
  if (connection.catchingUp || (place !== 'begins' && place !== 'next')) return tellByReading(deps, connection, frames, place)
  const frame = connection.hasAdditions ? frames.full() : frames.plain(connection.deployment.guestWritesAfterClose === 'readOnly')
  if (frame !== undefined) send(connection, frame)
  if (connection.view) connection.view.sentSeq = entry.seq
  noteLatest(connection, entry.at)
}

function tellByReading(deps: HubDeps, connection: Connection, frames: EntryFrames, place: Place): void {
  // What is known was read before its commit was told, or the hint came twice: a mark tells its writer which.
  if (place !== 'known' || frames.isTraced) echo(connection, frames)
  if (place === 'elsewhere') void turnTo(deps, connection, frames.entry.conversationId)
  if (place === 'gap') void deps.catchUp(connection, frames.entry.conversationId)
}

type Place = 'begins' | 'next' | 'known' | 'gap' | 'elsewhere' | 'late'

/** How an entry stands to what a socket was told. */
function placeOf(connection: Connection, entry: Entry): Place {
  const { view } = connection
  if (view?.conversationId === entry.conversationId) {
    if (entry.seq <= view.sentSeq) return 'known'
    return entry.seq === view.sentSeq + 1 ? 'next' : 'gap'
  }
  if (view && isLate(connection, entry.at)) return 'late'
  return entry.seq === 1 ? 'begins' : 'elsewhere'
}

/**
 * Clients without the additions know their guest's words only from hints, to the writer as the acknowledgement: whoever reads
 * the log for them leaves those out.
 */
function echo(connection: Connection, { entry, plain }: EntryFrames): void {
  if (connection.hasAdditions || entry.kind !== 'message' || !isInbound(entry)) return
  const frame = plain(connection.deployment.guestWritesAfterClose === 'readOnly')
  if (frame !== undefined) send(connection, frame)
}

/** The business went on with another thread of this contact: the socket shows that one from now on. */
async function turnTo(deps: HubDeps, connection: Connection, conversationId: ConversationId): Promise<void> {
  const isReadAlready = connection.catchingUp !== undefined
  await deps.catchUp(connection, conversationId)
  if (isReadAlready) return
  const { session, deployment, view } = connection
  const conversation = await deps.reader.conversation(conversationId).catch((error: unknown) => {
    // As when the log cannot be read: the socket's client comes back, and is told then.
    connection.socket.terminate()
    deps.onError(error)
  })
  if (!conversation || !session || !connection.hasAdditions || view?.conversationId !== conversationId) return
  send(connection, JSON.stringify(pushFrame('Conversation', renderConversation(conversation, { session, deployment, now: deps.clock.now() }))))
}

function beginView({ conversationId }: Entry): NonNullable<Connection['view']> {
  const none = { deliveredSeq: 0, seenSeq: 0 }
  return { conversationId, sentSeq: 0, version: 0, status: 'closed', guest: { ...none, dismissedSeq: 0 }, business: none }
}

/** What has become of the session that a socket acts for. */
export function tellSession(farewell: Farewell, connection: Connection, session: Session): void {
  // Hints may come in any order, and the session may have been read since.
  if (connection.session?.id !== session.id || session.version < connection.session.version) return
  connection.session = session
  if (session.ended) farewell(connection, session.ended.reason)
}

function tellTyping(typing: Typing, connections: ReadonlySet<Connection>, now: Instant): void {
  if (!typing.on || connections.size === 0) return
  const frame = JSON.stringify(
    pushFrame('StructuredMessage', {
      id: `typing-${typing.conversationId}`,
      type: 'Event',
      direction: 'Outbound',
      channel: { time: timeOf(now), type: 'Private', from: { nickname: typing.name ?? 'Support' } },
      events: [{ eventType: 'Typing', typing: { type: 'On', duration: 5000 } }],
      originatingEntity: 'Human',
    }),
  )
  for (const connection of connections) if (connection.phase === 'configured') send(connection, frame)
}
