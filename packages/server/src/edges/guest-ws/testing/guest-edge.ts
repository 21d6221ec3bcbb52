import type { Server } from 'node:http'
import { Socket } from 'node:net'
import { milliseconds, seconds, toId, type Conversation, type Deployment, type DeploymentSettings, type Duration, type Sent } from '@beckon/core'
import { createWorld, type World } from '@beckon/core/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { WebSocket } from 'ws'
import { registerGuestSocket, type GuestSocketEdge } from '../register.ts'

export interface Frame {
  readonly type: string
  readonly class: string
  readonly code: number
  readonly body: Readonly<Record<string, unknown>> & { readonly beckon?: Readonly<Record<string, unknown>> }
  readonly tracingId?: string
}

export interface TestGuest {
  readonly token: string
  readonly socket: WebSocket
  /** Every frame so far. */
  readonly frames: readonly Frame[]
  /** The same, as they came. */
  readonly texts: readonly string[]
  send(request: object | string): void
  /** Sends all that is sent meanwhile in one piece, as a hurried client does. */
  cork(sends: () => void): void
  /** The next frame not yet taken that fits; waits for it. */
  next(fits: string | ((frame: Frame) => boolean)): Promise<Frame>
  /** Configures, and answers with the SessionResponse. */
  configure(more?: object): Promise<Frame>
  say(text: string, more?: object): Promise<Frame>
  /** Sends an echo and waits for its answer: everything sent before has been handled. */
  settle(): Promise<void>
  readonly closed: Promise<number>
}

export interface GivenGuest {
  readonly token?: string
  readonly origin?: string
  readonly deploymentId?: string
  /** Where the guest connects from. */
  readonly address?: string
  /** Does not answer pings, as a peer that is gone. */
  readonly isSilent?: boolean
}

export interface GuestEdge extends AsyncDisposable {
  readonly world: World
  readonly edge: GuestSocketEdge
  readonly url: string
  /** For sockets that need no network. */
  readonly server: Server
  readonly deployment: Deployment
  readonly errors: readonly unknown[]
  guest(given?: GivenGuest): Promise<TestGuest>
  send(contactId: string, text: string): Promise<Sent>
  /** The conversation that this guest is in: clients without additions are not told its id. */
  conversationOf(guest: TestGuest): Promise<Conversation>
  close(conversationId: string): Promise<void>
  /** Waits until the server has noticed that nobody is connected. */
  isEmpty(): Promise<void>
  /** Lets time pass in steps in which every guest shows that it is alive. */
  pass(time: Duration): Promise<void>
  /** Keeps every appointment that is due, as the worker would. */
  keepAppointments(): Promise<void>
}

/** Rates no test means to meet. */
export const generous = { messagesPerSecond: 10_000, requestsPerMinute: 100_000, configuresPerMinute: 10_000, connectionsPerMinute: 10_000 }

/** The guest edge over real sockets, on a faked world. */
export async function openGuestEdge(settings: DeploymentSettings = {}, serveAlso: (app: FastifyInstance, world: World) => void = () => undefined): Promise<GuestEdge> {
  const world = createWorld()
  const created = await world.useCases.createDeployment({ settings: { allowedDomains: ['*'], ...settings, limits: { ...generous, ...settings.limits } } })
  if (!created.ok) throw new Error('a deployment can be created')
  const errors: unknown[] = []
  const app = Fastify()
  const edge = registerGuestSocket(app, { ...world, reader: world.store, publicUrl: () => 'https://chat.example', clientAddress: ({ headers, socket }) => String(headers['x-client'] ?? socket.remoteAddress), onError: (error) => errors.push(error) })
  serveAlso(app, world)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const guests: TestGuest[] = []
  return {
    world, edge, url, errors,
    server: app.server,
    deployment: created.value,
    async guest({ token = world.secrets.generateToken(), origin, deploymentId = created.value.id, address = 'nearby', isSilent = false } = {}) {
      const options = { headers: { 'x-client': address }, autoPong: !isSilent, ...(origin === undefined ? {} : { origin }) }
      const socket = new WebSocket(`${url.replace('http', 'ws')}/v1?deploymentId=${deploymentId}`, options)
      const guest = await openGuest(socket, token, deploymentId)
      guests.push(guest)
      return guest
    },
    async send(contactId, text) {
      const sent = await world.useCases.sendMessage({ address: { contactId: toId(contactId) }, saying: { text }, from: { kind: 'api', name: 'CRM' }, proactive: true, policy: {} })
      if (!sent.ok) throw new Error(`refused: ${sent.refusal.code}`)
      return sent.value
    },
    async conversationOf({ token }) {
      const session = await world.store.sessionByToken(created.value.id, world.secrets.hash(token))
      const conversation = session && (await world.store.latestConversation(session.contactId))
      if (!conversation) throw new Error('the guest has a conversation')
      return conversation
    },
    async close(conversationId) {
      await world.useCases.updateConversation({ conversationId: toId(conversationId), status: 'closed', by: { kind: 'agent', name: 'Ana' } })
    },
    async isEmpty() {
      while (edge.connections > 0) await new Promise((resolve) => setImmediate(resolve))
    },
    async pass(time) {
      for (let left = time as number; left > 0; left -= step) {
        world.clock.advance(milliseconds(Math.min(step, left)))
        for (const guest of guests) if (guest.socket.readyState === WebSocket.OPEN) await guest.settle()
      }
    },
    async keepAppointments() {
      const due = await world.store.claimTimers(world.clock.now(), seconds(30), 100)
      for (const timer of due) await world.useCases.keepAppointment(timer)
    },
    async [Symbol.asyncDispose]() {
      for (const { socket } of guests) socket.terminate()
      edge.drain()
      await app.close()
    },
  }
}

const step = 20_000

/** The library does not show what is under its socket. */
function tcpOf(socket: WebSocket): Socket {
  const tcp: unknown = Reflect.get(socket, '_socket')
  if (tcp instanceof Socket) return tcp
  throw new Error('the socket is not open')
}

function openGuest(socket: WebSocket, token: string, deploymentId: string): Promise<TestGuest> {
  const frames: Frame[] = []
  const texts: string[] = []
  const taken = new Set<Frame>()
  let wake: () => void = () => undefined
  socket.on('message', (data: Buffer) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test that expects another shape fails on it
    frames.push(JSON.parse(data.toString('utf8')) as Frame)
    texts.push(data.toString('utf8'))
    wake()
  })
  const next: TestGuest['next'] = async (fits) => {
    const isFit = typeof fits === 'string' ? (frame: Frame): boolean => frame.class === fits : fits
    for (;;) {
      const found = frames.find((frame) => !taken.has(frame) && isFit(frame))
      if (found) {
        taken.add(found)
        return found
      }
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  let count = 0
  const cork = (sends: () => void): void => {
    tcpOf(socket).cork()
    sends()
    tcpOf(socket).uncork()
  }
  const send = (request: object | string): void => socket.send(typeof request === 'string' ? request : JSON.stringify(request))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const ask = (request: object): Promise<Frame> => {
    const tracingId = `t${String((count += 1))}`
    send({ token, tracingId, ...request })
    return next((frame) => frame.tracingId === tracingId)
  }
  const guest: TestGuest = {
    token, socket, frames, texts, next, send, cork, closed,
    configure: (more = {}) => ask({ action: 'configureSession', deploymentId, ...more }),
    say: (text, more = {}) => ask({ action: 'onMessage', message: { type: 'Text', text }, ...more }),
    settle: async () => void (await ask({ action: 'echo' })),
  }
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(guest))
    socket.on('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))))
    socket.on('error', reject)
  })
}
