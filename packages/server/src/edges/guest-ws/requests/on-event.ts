import { toId } from '@beckon/core'
import { guestCodes, pushFrame, type GuestRequestOf } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
import { send, type Connection } from '../connection.ts'
import { readAttributes } from './read-message.ts'
import { refuseFrame, tellRefusal } from './refuse.ts'
import type { RequestDeps } from './request.ts'

type OnMessage = GuestRequestOf<'onMessage'>
type Handle = (deps: RequestDeps, connection: Connection, request: OnMessage) => Promise<void>

/** Guests arrive and clear; the other presence types are not theirs to tell. */
const presences: Readonly<Record<string, Handle>> = { Join: join, Clear: clear }

/** Events of other kinds belong to products that are not here, and pass unanswered, as typing does (guest-protocol 6.5). */
export async function onEvent(deps: RequestDeps, connection: Connection, request: OnMessage): Promise<void> {
  for (const { eventType, typing, presence } of request.message.events ?? []) {
    if (eventType === 'Typing') tellTyping(deps, connection, typing?.type !== 'Off')
    else if (eventType === 'Presence') await onPresence(presence?.type ?? '', deps, connection, request)
  }
}

async function onPresence(type: string, ...[deps, connection, request]: Parameters<Handle>): Promise<void> {
  const handle = Object.hasOwn(presences, type) ? presences[type] : undefined
  if (handle) return handle(deps, connection, request)
  refuseFrame(connection, guestCodes.forbidden, `Presence events ${type.slice(0, 40)} are not supported`, request.tracingId)
}

function tellTyping({ bus }: RequestDeps, { contactId, deployment, view }: Connection, on: boolean): void {
  if (contactId === undefined || !view) return
  bus.publish({ kind: 'typing', typing: { contactId, conversationId: toId<'conversation'>(view.conversationId), deploymentId: deployment.id, by: 'guest', on } })
}

/** A conversation that begins with it has the arrival in its log, from where everyone is told; otherwise it is only acknowledged. */
async function join(...[deps, connection, request]: Parameters<Handle>): Promise<void> {
  const { session, contactId } = connection
  if (!session || contactId === undefined) return
  const attributes = readAttributes(request)
  if ('code' in attributes) return refuseFrame(connection, attributes.code, attributes.text, request.tracingId)
  const joined = await deps.useCases.joinAsGuest({
    contactId, sessionId: session.id, customAttributes: attributes.given,
    ...(request.tracingId === undefined ? {} : { trace: { tracingId: request.tracingId } }),
  })
  if (!joined.ok) return tellRefusal(connection, joined.refusal, request.tracingId)
  if (joined.value.started) return
  const frame = presenceFrame(deps, connection, request, 'Join')
  for (const each of deps.sessions.allOf(connection)) send(each, frame)
}

/** The ack comes first, and then the frames that end the session, on every socket (guest-protocol 4.7): the commit brings all of them. */
async function clear(...[deps, connection, request]: Parameters<Handle>): Promise<void> {
  const { session, contactId } = connection
  if (!session || contactId === undefined) return
  const clearing = deps.sessions.allOf(connection)
  const frame = presenceFrame(deps, connection, request, 'Clear')
  for (const each of clearing) each.clearAck = frame
  try {
    const cleared = await deps.useCases.clearConversation({ contactId, sessionId: session.id })
    if (!cleared.ok) tellRefusal(connection, cleared.refusal, request.tracingId)
  } finally {
    for (const each of clearing) delete each.clearAck
  }
}

function presenceFrame({ clock }: RequestDeps, { session, deploymentId }: Connection, { message, tracingId }: OnMessage, type: 'Join' | 'Clear'): string {
  const body = {
    id: `${type.toLowerCase()}-${session?.id ?? deploymentId}`,
    type: 'Event' as const,
    direction: 'Inbound' as const,
    channel: { time: timeOf(clock.now()), type: 'Private' as const },
    events: [{ eventType: 'Presence' as const, presence: { type } }],
    ...(message.metadata ? { metadata: message.metadata } : {}),
    originatingEntity: 'Human' as const,
  }
  return JSON.stringify(pushFrame('StructuredMessage', body, tracingId))
}
