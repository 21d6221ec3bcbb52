import { expiryNotice, instant, milliseconds, slide, type Clock, type Timers, type UseCases } from '@beckon/core'
import { pushFrame, tooManyRequestsFrame } from '@beckon/protocol'
import { createBoundedMap } from '../shared/bounded-map.ts'
import { timeOf } from '../shared/time-text.ts'
import { createBucket, takeFrom, type Bucket } from './bucket.ts'
import { send, type Connection } from './connection.ts'
import { dismiss } from './farewell.ts'
import type { Hub } from './hub.ts'

/** Which sockets act for which session, and at what rate. */
export interface Sessions {
  /** The socket acts for its session from now on; the oldest beyond the session's limit is told to close. */
  attach(connection: Connection): void
  detach(connection: Connection): void
  othersOf(connection: Connection): readonly Connection[]
  /** Every socket of its session, itself among them. */
  allOf(connection: Connection): readonly Connection[]
  /** Seconds to wait; 0 when allowed now. */
  messageAllowed(connection: Connection): number
  /** The same for beginning or resuming the session of this token. */
  configureAllowed(connection: Connection, tokenHash: string): number
  slowDown(connection: Connection, wait: number, tracingId?: string): void
  /** Marks what was sent to a client without acks as delivered, after a pause that gathers many into one. */
  delivered(connection: Connection): void
  /** A message of the business reached the guest, which prolongs their session. */
  reached(connection: Connection): void
}

export interface SessionsDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly presence: { enter(contactId: NonNullable<Connection['contactId']>): void; leave(contactId: NonNullable<Connection['contactId']>): void }
  readonly useCases: Pick<UseCases, 'acknowledge' | 'prolongSession'>
  readonly hub: () => Hub
  readonly onError: (error: unknown) => void
}

interface Rates {
  readonly messages: Bucket
  readonly configures: Bucket
}

/** More sessions than are busy within a minute: the rates of one that was not seen for longest are forgotten. */
const mostRates = 50_000

const gatherAcks = milliseconds(200)

export function createSessions(deps: SessionsDeps): Sessions {
  const groups = new Map<string, Connection[]>()
  const ownGroup = (connection: Connection): Connection[] => groups.get(keyOf(connection, connection.tokenHash)) ?? []
  const ratesOf = createRates()

  const detach = (connection: Connection): void => {
    if (connection.phase !== 'configured' || connection.contactId === undefined) return
    connection.phase = 'detached'
    const group = ownGroup(connection)
    group.splice(group.indexOf(connection), 1)
    if (group.length === 0) groups.delete(keyOf(connection, connection.tokenHash))
    deps.hub().remove(connection)
    deps.presence.leave(connection.contactId)
    for (const name of ['expiring', 'delivered'] as const) cancel(connection, name)
  }

  return {
    detach,
    othersOf: (connection) => ownGroup(connection).filter((other) => other !== connection),
    allOf: (connection) => [...ownGroup(connection)],
    attach(connection) {
      if (connection.tokenHash === undefined || connection.contactId === undefined) return
      cancel(connection, 'leave')
      const group = [...ownGroup(connection), connection]
      groups.set(keyOf(connection, connection.tokenHash), group)
      connection.phase = 'configured'
      deps.hub().add(connection, connection.contactId)
      deps.presence.enter(connection.contactId)
      if (connection.hasAdditions) announceExpiry(deps, connection)
      const oldest = group.length > connection.deployment.limits.connectionsPerSession ? group[0] : undefined
      if (oldest) {
        detach(oldest)
        dismiss(deps.timers, oldest)
      }
    },
    messageAllowed: (connection) => takeFrom(ratesOf(connection, connection.tokenHash).messages, deps.clock.now()),
    configureAllowed: (connection, tokenHash) => takeFrom(ratesOf(connection, tokenHash).configures, deps.clock.now()),
    slowDown(connection, wait, tracingId) {
      send(connection, JSON.stringify(tooManyRequestsFrame(wait, 'Message rate too high for this session', tracingId)))
    },
    reached({ contactId, session, deployment }) {
      if (contactId === undefined || !session || slide(session, deployment.sessionDuration, deps.clock.now()) === session) return
      deps.useCases.prolongSession({ contactId, sessionId: session.id }).catch(deps.onError)
    },
    delivered(connection) {
      if (connection.hasAdditions || connection.cancelTimers.has('delivered')) return
      connection.cancelTimers.set('delivered', deps.timers.after(gatherAcks, () => settleDelivered(deps, connection)))
    },
  }
}

function keyOf({ deploymentId }: Connection, tokenHash: string | undefined): string {
  return `${deploymentId} ${tokenHash ?? ''}`
}

/** By token, and kept when its last socket goes: whoever comes back has spent what they had spent. */
function createRates(): (connection: Connection, tokenHash: string | undefined) => Rates {
  const byToken = createBoundedMap<string, Rates>(mostRates)
  return (connection, tokenHash) => {
    const { messagesPerSecond, configuresPerMinute } = connection.deployment.limits
    const key = `${keyOf(connection, tokenHash)} ${String(messagesPerSecond)} ${String(configuresPerMinute)}`
    const rates = byToken.get(key) ?? {
      messages: createBucket({ burst: messagesPerSecond, perSecond: messagesPerSecond }),
      configures: createBucket({ burst: configuresPerMinute, perSecond: configuresPerMinute / 60 }),
    }
    byToken.set(key, rates)
    return rates
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
    send(connection, JSON.stringify(pushFrame('SessionExpiring', { expiresAt: timeOf(session.expiresAt) })))
    return
  }
  const again = (): void => announceExpiry(deps, connection)
  connection.cancelTimers.set('expiring', deps.timers.after(milliseconds(noticeAt - now), again))
}
