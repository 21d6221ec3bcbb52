import { toId } from '@beckon/core'
import { answerFrame, guestCodes, guestLimits, type GuestRequestOf } from '@beckon/protocol'
import { readOlder } from '../catch-up.ts'
import { dismiss } from '../farewell.ts'
import { send, type Connection } from '../connection.ts'
import { isReadOnly, mediaOf, renderSession } from '../render-session.ts'
import { otherDeployment, refuseFrame, tellRefusal } from './refuse.ts'
import type { RequestDeps } from './request.ts'

/** How far this guest has come; told to all of their sockets by the commit. */
export async function acknowledge(deps: RequestDeps, connection: Connection, request: GuestRequestOf<'acknowledge'>): Promise<void> {
  const { contactId } = connection
  if (contactId === undefined) return
  const { deliveredSeq, seenSeq, dismissedSeq, tracingId } = request
  const upTo = {
    ...(deliveredSeq === undefined ? {} : { deliveredSeq }),
    ...(seenSeq === undefined ? {} : { seenSeq }),
    ...(dismissedSeq === undefined ? {} : { dismissedSeq }),
  }
  const moved = await deps.useCases.acknowledge({ contactId, conversationId: toId(request.conversationId), by: 'guest', upTo })
  if (!moved.ok) tellRefusal(connection, moved.refusal, tracingId)
}

export function history({ reader }: RequestDeps, connection: Connection, request: GuestRequestOf<'history'>): Promise<void> {
  const { beforeSeq, tracingId, limit = guestLimits.catchUpEntries } = request
  return readOlder(reader, connection, { conversationId: toId(request.conversationId), beforeSeq, limit, tracingId })
}

/** A short-lived token for reading the history by REST (guest-protocol 2.8). */
export async function getJwt({ jwt }: RequestDeps, connection: Connection, request: GuestRequestOf<'getJwt'>): Promise<void> {
  if (!connection.session) return
  const body = await jwt.sign(connection.session)
  send(connection, JSON.stringify(answerFrame('JwtResponse', body, request.tracingId)))
}

/**
 * The first step of a new chat: the session's other sockets are told to close, and the requester's stays open for the
 * configureSession that follows (guest-protocol 4.5). Without `closeAllConnections` this socket alone is let go.
 */
export async function closeSession(deps: RequestDeps, connection: Connection, request: GuestRequestOf<'closeSession'>): Promise<void> {
  const { session, deployment, view } = connection
  if (!session) return
  if (!request.closeAllConnections) {
    deps.sessions.detach(connection)
    return dismiss(deps.timers, connection)
  }
  for (const other of deps.sessions.othersOf(connection)) {
    deps.sessions.detach(other)
    dismiss(deps.timers, other)
  }
  const conversation = view ? await deps.reader.conversation(view.conversationId) : undefined
  deps.sessions.detach(connection)
  const now = deps.clock.now()
  const answer = renderSession({ deployment, session, conversation, newSession: false, resumed: false, now, epoch: deps.reader.epoch }, false)
  const readOnly = isReadOnly({ conversation, deployment, session })
  send(connection, JSON.stringify(answerFrame('SessionResponse', { ...answer, connected: false, readOnly }, request.tracingId)))
}

export function getConfiguration(_deps: RequestDeps, connection: Connection, request: GuestRequestOf<'getConfiguration'>): void {
  if (request.deploymentId !== connection.deploymentId) return refuseFrame(connection, guestCodes.badRequest, otherDeployment, request.tracingId)
  const body = {
    ...mediaOf(connection.deployment),
    maxCustomDataBytes: guestLimits.maxCustomDataBytes,
    messageRoutingEnabled: true,
    sessionDurationSeconds: Math.max(1, Math.round(connection.deployment.sessionDuration / 1000)),
  }
  send(connection, JSON.stringify(answerFrame('GetConfigurationResponse', body, request.tracingId)))
}
