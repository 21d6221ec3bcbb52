import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { seconds, type Bus, type Clock, type ContactId, type Deployment, type Presence, type Reader, type Secrets, type SessionId, type Timers } from '@beckon/core'
import { guestLimits } from '@beckon/protocol'
import type { FastifyInstance } from 'fastify'
import { WebSocketServer } from 'ws'
import { createAttachmentLinks } from '../shared/attachment-links.ts'
import { createLinkedReader, createLinkEntry } from './attachments/link-entries.ts'
import { serveUpgrades } from '../shared/upgrades.ts'
import { createBucket } from './bucket.ts'
import { createCatchUp } from './catch-up.ts'
import { GuestWebSocket, type Connection, type GuestSocket } from './connection.ts'
import { dispatch } from './dispatch.ts'
import { createFarewell } from './farewell.ts'
import { createGuestJwt } from './guest-jwt.ts'
import { createSignInJwt } from './identity/sign-in-jwt.ts'
import { createHub, tellSession, type Hub } from './hub.ts'
import type { RequestDeps } from './requests/request.ts'
import { registerGuestRoutes } from './routes.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createJudgeUpgrade, refuseUpgrade } from './upgrade.ts'

export interface GuestSocketDeps {
  readonly useCases: RequestDeps['useCases']
  readonly reader: Reader
  readonly clock: Clock
  readonly secrets: Secrets
  readonly bus: Bus
  readonly presence: Presence & { enter(contactId: ContactId): void; leave(contactId: ContactId): void }
  readonly timers: Timers
  readonly publicUrl: () => string
  /** Where a request comes from, by the word of our own proxies only. */
  readonly clientAddress: (request: IncomingMessage) => string
  readonly onError: (error: unknown) => void
  /** Told whenever a socket comes or goes. */
  readonly onConnections?: (open: number) => void
}

export interface GuestSocketEdge {
  /** Open sockets. */
  readonly connections: number
  /** The sessions that the contact's sockets here act for; none when there is no socket. */
  sessionsOf(contactId: ContactId): readonly SessionId[]
  /** Takes no more sockets and drops those there are without a Close frame: only so do guest clients come back (guest-protocol 1.5). */
  drain(): void
}

/** Dead peers are found by a ping that goes unanswered, so that half-open sockets neither count nor pile up. */
const pingEvery = seconds(30)

/** A page acknowledges every message that it is sent, not only those that it sends. */
const acksPerRequest = 10

/** The sockets of guests, however they come in. */
export interface GuestSockets extends GuestSocketEdge {
  readonly isDraining: boolean
  /** Serves a socket of this deployment until it closes. */
  accept(socket: GuestSocket, deployment: Deployment): void
}

/** Serves the guest protocol: the socket at `/v1`, the history by REST, and the deployment's configuration. */
export function registerGuestSocket(app: FastifyInstance, deps: GuestSocketDeps): GuestSocketEdge {
  const { requestDeps, hub } = assemble(deps)
  const sockets = serveSockets(deps, requestDeps, hub)
  const judge = createJudgeUpgrade({ ...deps, isDraining: () => sockets.isDraining })
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: guestLimits.maxFrameBytes, WebSocket: GuestWebSocket })
  const take = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    judge(request)
      .then((judged) => {
        if ('reason' in judged) return refuseUpgrade(socket, judged)
        return server.handleUpgrade(request, socket, head, (webSocket) => sockets.accept(webSocket, judged))
      })
      .catch((error: unknown) => {
        refuseUpgrade(socket, { status: 503, reason: 'The service is unavailable: try again in a moment.' })
        deps.onError(error)
      })
  }
  serveUpgrades(app.server, { serves: (path) => path === '/v1', take })
  registerGuestRoutes(app, { ...deps, reader: requestDeps.reader, jwt: requestDeps.jwt })
  return sockets
}

/** The same sockets without a network in front of them. */
export function createGuestSockets(deps: GuestSocketDeps): GuestSockets {
  const { requestDeps, hub } = assemble(deps)
  return serveSockets(deps, requestDeps, hub)
}

function serveSockets(deps: GuestSocketDeps, requestDeps: RequestDeps, hub: Hub): GuestSockets {
  const open = new Map<Connection, { isAlive: boolean }>()
  let isDraining = false
  keepAlive(deps.timers, open, () => isDraining)
  return {
    get connections() {
      return open.size
    },
    get isDraining() {
      return isDraining
    },
    sessionsOf: (contactId) => [...hub.of(contactId)].flatMap(({ session }) => session?.id ?? []),
    accept(socket, deployment) {
      const connection = createConnection(socket, deployment)
      const health = { isAlive: true }
      open.set(connection, health)
      deps.onConnections?.(open.size)
      for (const sign of ['ping', 'pong'] as const) socket.on(sign, () => (health.isAlive = true))
      socket.on('error', () => socket.terminate())
      socket.on('close', () => {
        open.delete(connection)
        deps.onConnections?.(open.size)
        requestDeps.sessions.detach(connection)
        for (const cancel of connection.cancelTimers.values()) cancel()
      })
      socket.on('message', (data, isBinary) => {
        health.isAlive = true
        void dispatch(requestDeps, connection, isBinary ? '' : asText(data), deps.onError)
      })
    },
    drain() {
      isDraining = true
      for (const { socket } of open.keys()) socket.terminate()
    },
  }
}

function assemble(deps: GuestSocketDeps): { readonly requestDeps: RequestDeps; readonly hub: Hub } {
  const { bus, clock, onError, timers } = deps
  const links = createAttachmentLinks(deps)
  const linkEntry = createLinkEntry(links)
  const reader = createLinkedReader(deps.reader, linkEntry)
  const late: { hub?: Hub } = {}
  const hub = (): Hub => {
    if (!late.hub) throw new Error('the hub is made before any socket')
    return late.hub
  }
  const sessions: Sessions = createSessions({ ...deps, hub })
  const farewell = createFarewell({ timers, detach: (connection) => sessions.detach(connection) })
  const catchUp = createCatchUp({ reader, clock, onSession: (connection, session) => tellSession(farewell, connection, session), onDelivered: (connection) => sessions.delivered(connection), onError })
  const made = createHub({ bus, clock, reader, catchUp, farewell, links, linkEntry, onError, onDelivered: (connection) => sessions.delivered(connection), onReached: (connection) => sessions.reached(connection) })
  late.hub = made
  const requestDeps = { ...deps, reader, links, linkEntry, sessions, catchUp, jwt: createGuestJwt(deps), signInJwt: createSignInJwt(deps), bus }
  return { requestDeps, hub: made }
}

function createConnection(socket: GuestSocket, deployment: Deployment): Connection {
  const { requestsPerMinute } = deployment.limits
  return {
    socket, deployment,
    deploymentId: deployment.id,
    phase: 'fresh',
    hasAdditions: false,
    requests: createBucket({ burst: requestsPerMinute, perSecond: requestsPerMinute / 60 }),
    acks: createBucket({ burst: acksPerRequest * requestsPerMinute, perSecond: (acksPerRequest * requestsPerMinute) / 60 }),
    cancelTimers: new Map(),
  }
}

function keepAlive(timers: Timers, open: ReadonlyMap<Connection, { isAlive: boolean }>, isDone: () => boolean): void {
  timers.after(pingEvery, () => {
    if (isDone()) return
    for (const [{ socket }, health] of open) {
      if (!health.isAlive) socket.terminate()
      health.isAlive = false
      socket.ping()
    }
    keepAlive(timers, open, isDone)
  })
}

function asText(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8')
}
