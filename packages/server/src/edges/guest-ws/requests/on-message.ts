import type { Entry, MessageEntry, Session } from '@beckon/core'
import type { GuestRequestOf } from '@beckon/protocol'
import { send, type Connection } from '../connection.ts'
import { entryFrames } from '../frames.ts'
import { onEvent } from './on-event.ts'
import { readMessage } from './read-message.ts'
import { refuseFrame, tellRefusal } from './refuse.ts'
import type { RequestDeps } from './request.ts'

/** A guest's message, or an event of theirs (guest-protocol 2.4, 2.5). */
export async function onMessage(deps: RequestDeps, connection: Connection, request: GuestRequestOf<'onMessage'>): Promise<void> {
  if (request.message.type === 'Event') return onEvent(deps, connection, request)
  const { session, contactId } = connection
  if (!session || contactId === undefined) return
  const read = readMessage(request)
  if ('code' in read) return refuseFrame(connection, read.code, read.text, request.tracingId)
  const wait = deps.sessions.messageAllowed(connection)
  if (wait > 0) return deps.sessions.slowDown(connection, wait, request.tracingId)
  const written = await deps.useCases.writeAsGuest({
    contactId, sessionId: session.id, ...read,
    ...(request.clientId === undefined ? {} : { clientId: request.clientId }),
    ...(request.tracingId === undefined ? {} : { trace: { tracingId: request.tracingId } }),
  })
  if (!written.ok) return tellRefusal(connection, written.refusal, request.tracingId)
  const { entry, duplicate } = written.value
  // The hub told everyone of a new entry when it was committed; a repeated one is told to its sender alone.
  if (duplicate) await readUpTo(deps, connection, entry)
  if (duplicate || hasLeftUntold(connection, session, entry)) sendAck(connection, deps.linkEntry(entry), request.tracingId)
}

/** What was said first by way of another node may not have been heard of here: the log comes before the answer, so that its order is kept. */
async function readUpTo({ catchUp }: RequestDeps, connection: Connection, { conversationId, seq }: MessageEntry): Promise<void> {
  const { view, session, hasAdditions } = connection
  // A thread that was left behind is not shown again for the sake of what was said there.
  const isBehind = view === undefined ? session?.leftConversationId !== conversationId : view.conversationId === conversationId && view.sentSeq < seq
  if (hasAdditions && isBehind) await catchUp(connection, conversationId)
}

/** Whoever left the session before the commit is no longer told by the hub, and would say it all again for want of an ack. */
function hasLeftUntold({ phase, session, view }: Connection, { id }: Session, entry: MessageEntry): boolean {
  const wasTold = view?.conversationId === entry.conversationId && view.sentSeq >= entry.seq
  return (phase !== 'configured' || session?.id !== id) && !wasTold
}

function sendAck(connection: Connection, entry: Entry, tracingId: string | undefined): void {
  const frames = entryFrames(entry, tracingId)
  const frame = connection.hasAdditions ? frames.full() : frames.plain(false)
  if (frame !== undefined) send(connection, frame)
}
