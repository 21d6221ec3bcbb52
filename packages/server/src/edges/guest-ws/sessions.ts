import { expiryNotice, instant, milliseconds, type Clock, type Timers, type UseCases } from '@beckon/core'
import { pushFrame, tooManyRequestsFrame } from '@beckon/protocol'
import { createBucket, type Bucket } from './bucket.ts'
import { send, type Connection } from './connection.ts'
import { dismiss } from './farewell.ts'
import type { Hub } from './hub.ts'

/** Which sockets act for which session, and at what rate. */
export interface Sessions {
  /** The socket acts for its session from now on; the oldest beyond the session's limit is told to close. */
  attach(connection: Connection): void
  detach(connection: Connection): void
  othersOf(connection: Connection): readonly Connection[]
  /** Seconds to wait; 0 when allowed now. */
  messageAllowed(connection: Connection): number
  slowDown(connection: Connection, wait: number, tracingId?: string): void
  /** Marks what was sent to a client without acks as delivered, after a pause that gathers many into one. */
  delivered(connection: Connection): void
}

export interface SessionsDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly presence: { enter(contactId: NonNullable<Connection['contactId']>): void; leave(contactId: NonNullable<Connection['contactId']>): void }
  readonly useCases: Pick<UseCases, 'acknowledge'>
  readonly hub: () => Hub
  readonly onError: (error: unknown) => void
}

interface Group {
  readonly connections: Connection[]
  readonly messages: Bucket
}

const gatherAcks = milliseconds(200)

export function createSessions(deps: SessionsDeps): Sessions {
  const groups = new Map<string, Group>()
  const groupOf = (connection: Connection, tokenHash: string): Group => {
    const key = `${connection.deploymentId} ${tokenHash}`
    const known = groups.get(key)
    if (known) return known
    const { messagesPerSecond } = connection.deployment.limits
    const group = {
      connections: [],
      messages: createBucket({ burst: messagesPerSecond, perSecond: messagesPerSecond }),
    }
    groups.set(key, group)
    return group
  }
  const ownGroup = (connection: Connection): Group | undefined =>
    connection.tokenHash === undefined ? undefined : groups.get(`${connection.deploymentId} ${connection.tokenHash}`)

  const detach = (connection: Connection): void => {
    if (connection.phase !== 'configured' || connection.contactId === undefined) return
    connection.phase = 'detached'
    const group = ownGroup(connection)
    group?.connections.splice(group.connections.indexOf(connection), 1)
    if (group?.connections.length === 0) groups.delete(`${connection.deploymentId} ${String(connection.tokenHash)}`)
    deps.hub().remove(connection)
    deps.presence.leave(connection.contactId)
    for (const name of ['expiring', 'delivered'] as const) cancel(connection, name)
  }

  return {
    detach,
    othersOf: (connection) => ownGroup(connection)?.connections.filter((other) => other !== connection) ?? [],
    attach(connection) {
      if (connection.tokenHash === undefined || connection.contactId === undefined) return
      cancel(connection, 'leave')
      const group = groupOf(connection, connection.tokenHash)
      group.connections.push(connection)
      connection.phase = 'configured'
      deps.hub().add(connection, connection.contactId)
      deps.presence.enter(connection.contactId)
      if (connection.hasAdditions) announceExpiry(deps, connection)
      const oldest = group.connections.length > connection.deployment.limits.connectionsPerSession ? group.connections[0] : undefined
      if (oldest) {
        detach(oldest)
        dismiss(deps.timers, oldest)
      }
    },
    messageAllowed: (connection) => ownGroup(connection)?.messages.take(deps.clock.now()) ?? 0,
    slowDown(connection, wait, tracingId) {
      send(connection, JSON.stringify(tooManyRequestsFrame(wait, 'Message rate too high for this session', tracingId)))
    },
    delivered(connection) {
      if (connection.hasAdditions || connection.cancelTimers.has('delivered')) return
      connection.cancelTimers.set('delivered', deps.timers.after(gatherAcks, () => settleDelivered(deps, connection)))
    },
  }
}

function cancel(connection: Connection, name: 'expiring' | 'delivered' | 'leave'): void {
  connection.cancelTimers.get(name)?.()
  connection.cancelTimers.delete(name)
}

function settleDelivered(deps: SessionsDeps, connection: Connection): void {
  connection.cancelTimers.delete('delivered')
  const { contactId, view } = connection
  if (contactId === undefined || !view || view.sentSeq <= view.guest.deliveredSeq) return
  const upTo = { deliveredSeq: view.sentSeq }
  deps.useCases.acknowledge({ contactId, conversationId: view.conversationId, by: 'guest', upTo }).catch(deps.onError)
}

/** Five minutes ahead, or a tenth of the lifetime when that is shorter; an end that has moved is announced anew. */
function announceExpiry(deps: SessionsDeps, connection: Connection): void {
  const { session, deployment } = connection
  if (!session) return
  const notice = Math.min(expiryNotice, deployment.sessionDuration / 10)
  const noticeAt = instant(session.expiresAt - notice)
  const now = deps.clock.now()
  if (noticeAt <= now) {
    send(connection, JSON.stringify(pushFrame('SessionExpiring', { expiresAt: new Date(session.expiresAt).toISOString() })))
    return
  }
  const again = (): void => announceExpiry(deps, connection)
  connection.cancelTimers.set('expiring', deps.timers.after(milliseconds(noticeAt - now), again))
}
