import { toId, type MessageEntry, type Saying, type Session } from '@beckon/core'
import { guestCodes, guestLimits, maxTextBytes, pushFrame, type GuestRequestOf } from '@beckon/protocol'
import { send, type Connection } from '../connection.ts'
import { entryFrames } from '../frames.ts'
import { refuseFrame, tellRefusal } from './refuse.ts'
import type { RequestDeps } from './request.ts'

type OnMessage = GuestRequestOf<'onMessage'>

/** A guest's message, or an event of theirs (guest-protocol 2.4, 2.5). */
export async function onMessage(deps: RequestDeps, connection: Connection, request: OnMessage): Promise<void> {
  if (request.message.type === 'Event') return onEvent(deps, connection, request)
  const { session, contactId } = connection
  if (!session || contactId === undefined) return
  const saying = read(request)
  const fault = faultOf(request, saying)
  if (fault) return refuseFrame(connection, fault.code, fault.text, request.tracingId)
  const wait = deps.sessions.messageAllowed(connection)
  if (wait > 0) return deps.sessions.slowDown(connection, wait, request.tracingId)
  const written = await deps.useCases.writeAsGuest({
    contactId, sessionId: session.id, saying,
    ...(request.clientId === undefined ? {} : { clientId: request.clientId }),
    ...(request.tracingId === undefined ? {} : { trace: { tracingId: request.tracingId } }),
  })
  if (!written.ok) return tellRefusal(connection, written.refusal, request.tracingId)
  const { entry, duplicate } = written.value
  // The hub told everyone of a new entry when it was committed; a repeated one is told to its sender alone.
  if (duplicate || hasLeftUntold(connection, session, entry)) send(connection, entryFrames(entry, request.tracingId).full())
}

/** Whoever left the session before the commit is no longer told by the hub, and would say it all again for want of an ack. */
function hasLeftUntold({ phase, session, view }: Connection, { id }: Session, entry: MessageEntry): boolean {
  const wasTold = view?.conversationId === entry.conversationId && view.sentSeq >= entry.seq
  return (phase !== 'configured' || session?.id !== id) && !wasTold
}

/** Quick replies of some clients come with an empty text: what was pressed is what was said (guest-protocol 2.5). */
function read({ message }: OnMessage): Saying {
  const text = message.text ? message.text : pressed(message.content ?? [])
  return {
    text,
    ...(message.content && message.content.length > 0 ? { content: message.content } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
  }
}

function pressed(content: readonly object[]): string {
  for (const part of content) {
    if (!('buttonResponse' in part)) continue
    const response = part.buttonResponse
    if (typeof response === 'object' && response !== null && 'text' in response && typeof response.text === 'string') return response.text
  }
  return ''
}

function faultOf(request: OnMessage, saying: Saying): { code: 4011 | 4013 | 4020; text: string } | undefined {
  const length = Buffer.byteLength(saying.text)
  if (length > maxTextBytes) return { code: guestCodes.messageTooLong, text: `Message length ${String(length)} is larger than ${String(maxTextBytes)}` }
  const attributes = { ...request.channel?.metadata?.customAttributes, ...request.message.channel?.metadata?.customAttributes }
  const bytes = Object.entries(attributes).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0)
  if (bytes > guestLimits.maxCustomDataBytes) {
    return { code: guestCodes.customAttributesTooLarge, text: `Custom Attributes in channel metadata is larger than ${String(guestLimits.maxCustomDataBytes)} bytes` }
  }
  if (saying.text.trim() === '' && !saying.content) return { code: guestCodes.missingParameter, text: 'The message is empty: send text or content.' }
  return undefined
}

async function onEvent(deps: RequestDeps, connection: Connection, request: OnMessage): Promise<void> {
  for (const event of request.message.events ?? []) {
    if (event.eventType === 'Typing') tellTyping(deps, connection, event.typing?.type !== 'Off')
    else if (event.eventType === 'Presence' && event.presence?.type === 'Join') await join(deps, connection, request)
    else if (event.eventType === 'Presence' && event.presence?.type === 'Clear') await clear(deps, connection, request)
  }
}

function tellTyping({ bus }: RequestDeps, { contactId, deployment, view }: Connection, on: boolean): void {
  if (contactId === undefined || !view) return
  bus.publish({ kind: 'typing', typing: { contactId, conversationId: toId<'conversation'>(view.conversationId), deploymentId: deployment.id, by: 'guest', on } })
}

async function join(deps: RequestDeps, connection: Connection, request: OnMessage): Promise<void> {
  const { session, contactId } = connection
  if (!session || contactId === undefined) return
  const joined = await deps.useCases.joinAsGuest({ contactId, sessionId: session.id })
  if (!joined.ok) return tellRefusal(connection, joined.refusal, request.tracingId)
  answerPresence(deps, connection, request, 'Join')
}

/** The ack comes first; the frames that end the session follow from the commit, to every socket (guest-protocol 4.7). */
async function clear(deps: RequestDeps, connection: Connection, request: OnMessage): Promise<void> {
  const { session, contactId } = connection
  if (!session || contactId === undefined) return
  if (!connection.deployment.clearEnabled) return tellRefusal(connection, { code: 'clear_disabled' }, request.tracingId)
  answerPresence(deps, connection, request, 'Clear')
  const cleared = await deps.useCases.clearConversation({ contactId, sessionId: session.id })
  if (!cleared.ok) tellRefusal(connection, cleared.refusal, request.tracingId)
}

function answerPresence({ clock }: RequestDeps, connection: Connection, request: OnMessage, type: 'Join' | 'Clear'): void {
  const body = {
    id: `${type.toLowerCase()}-${connection.session?.id ?? connection.deploymentId}`,
    type: 'Event' as const,
    direction: 'Inbound' as const,
    channel: { time: new Date(clock.now()).toISOString(), type: 'Private' as const },
    events: [{ eventType: 'Presence' as const, presence: { type } }],
    ...(request.message.metadata ? { metadata: request.message.metadata } : {}),
    originatingEntity: 'Human' as const,
  }
  send(connection, JSON.stringify(pushFrame('StructuredMessage', body, request.tracingId)))
}
