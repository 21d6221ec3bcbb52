import { answerFrame, pushFrame, type GuestRequestOf } from '@beckon/protocol'
import { sessionState } from '@beckon/core'
import { timeOf } from '../../shared/time-text.ts'
import { send, type Connection } from '../connection.ts'
import type { RequestDeps } from './request.ts'

/**
 * The health check of guest clients: tells the session's end without moving it, or that it has come (guest-protocol 2.6,
 * 3.3, 4.3).
 */
export function echo({ clock }: RequestDeps, connection: Connection, request: GuestRequestOf<'echo'>): void {
  const now = clock.now()
  const { session, deployment } = connection
  if (session && sessionState(session, now) !== 'active') {
    send(connection, JSON.stringify(answerFrame('SessionExpiredEvent', {}, request.tracingId)))
    return
  }
  const metadata = session && {
    durationSeconds: String(Math.max(1, Math.round(deployment.sessionDuration / 1000))),
    expirationDate: String(Math.floor(session.expiresAt / 1000)),
  }
  const body = {
    id: `echo-${String(now)}`,
    type: 'Text' as const,
    text: request.message?.text ?? '',
    direction: 'Inbound' as const,
    channel: { time: timeOf(now), type: 'Private' as const },
    ...(metadata ? { metadata } : {}),
    originatingEntity: 'Human' as const,
  }
  const frame = pushFrame('StructuredMessage', body, request.tracingId)
  send(connection, JSON.stringify({ ...frame, type: 'response' }))
}
