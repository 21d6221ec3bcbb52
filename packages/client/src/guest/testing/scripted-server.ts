import type { GuestSocketListener, OpenGuestSocket } from '../connection/guest-socket.ts'

/**
 * A test double of the server's side of the guest socket: one conversation, kept in memory, spoken to by the protocol
 * alone. What it is for is what a real server never does on purpose: to lose, repeat, reorder and refuse frames.
 */
export interface ScriptedServer {
  readonly open: OpenGuestSocket
  /** Every request received, oldest first. */
  readonly requests: readonly Request[]
  readonly requestsOf: (action: string) => readonly Request[]
  /** Stored entries of the present conversation. */
  readonly log: readonly StoredEntry[]
  /** The business writes. */
  readonly say: (text: string, more?: Record<string, unknown>) => StoredEntry
  readonly happen: (event: string, by: string) => void
  readonly startLinked: () => void
  readonly push: (frameClass: string, body: unknown, tracingId?: string) => void
  /** Cuts all connections, as a lost network does. */
  readonly cut: () => void
  readonly connections: () => number
  /** Rules of this run; change them at any time. */
  readonly rules: Rules
}

export interface Rules {
  /** HTTP status that every upgrade is refused with. */
  refuseUpgrade: number | undefined
  /** False: nobody gets through. */
  isUp: boolean
  /** What becomes of each frame sent: how often it arrives. */
  copies: (frame: Frame) => number
  /** Answers a request in place of the server; undefined lets the server answer. */
  intercept: (request: Request) => Frame | undefined
  /** Changes whenever what clients know is void. */
  epoch: string
}

export type Request = Readonly<Record<string, unknown>>
export type Frame = Readonly<Record<string, unknown>>
export type StoredEntry = Readonly<Record<string, unknown>> & { readonly seq: number }

export function createScriptedServer(now: () => number): ScriptedServer {
  const world: World = {
    now,
    rules: { refuseUpgrade: undefined, isUp: true, copies: () => 1, intercept: () => undefined, epoch: 'e1' },
    peers: new Map(),
    requests: [],
    log: [],
    conversation: 0,
    ids: 0,
    isClosed: false,
    guest: { ...noCursors },
  }
  return {
    open: (_url, listener) => connect(world, listener),
    requests: world.requests,
    requestsOf: (action) => world.requests.filter((request) => request['action'] === action),
    log: world.log,
    say: (text, more = {}) => append(world, { text, ...more }),
    happen: (event, by) => {
      world.isClosed = event === 'closed'
      append(world, { kind: 'event', type: 'Event', event, by })
      broadcast(world, { type: 'message', class: 'Conversation', code: 200, body: conversation(world) })
    },
    startLinked: () => startLinked(world),
    push: (frameClass, body, tracingId) => broadcast(world, { type: 'message', class: frameClass, code: 200, body, tracingId }),
    cut: () => world.peers.forEach((end) => end()),
    connections: () => world.peers.size,
    rules: world.rules,
  }
}

type Send = (frame: Frame) => void

interface World {
  readonly now: () => number
  readonly rules: Rules
  /** How to send to each open socket, and how to cut it. */
  readonly peers: Map<Send, () => void>
  readonly requests: Request[]
  readonly log: StoredEntry[]
  conversation: number
  ids: number
  isClosed: boolean
  guest: Record<keyof typeof noCursors, number>
}

const noCursors = { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0 }
const catchUpSize = 50

function connect(world: World, listener: GuestSocketListener): ReturnType<OpenGuestSocket> {
  let isOpen = true
  const send: Send = (frame) => {
    const text = JSON.stringify(frame)
    for (let copy = world.rules.copies(frame); copy > 0; copy -= 1) {
      queueMicrotask(() => isOpen && listener.received(text))
    }
  }
  const close = (): void => {
    isOpen = false
    world.peers.delete(send)
  }
  const end = (): void => {
    if (!isOpen) return
    close()
    queueMicrotask(() => listener.ended(world.rules.refuseUpgrade))
  }
  queueMicrotask(() => {
    if (!world.rules.isUp || world.rules.refuseUpgrade !== undefined) return end()
    world.peers.set(send, end)
    listener.opened()
  })
  return { send: (frame) => queueMicrotask(() => isOpen && answer(world, fields(JSON.parse(frame)), send)), close }
}

function answer(world: World, request: Request, send: Send): void {
  world.requests.push(request)
  const instead = world.rules.intercept(request)
  if (instead !== undefined) return send(instead)
  const { action } = request
  if (action === 'configureSession' || action === 'configureAuthenticatedSession') configure(world, request, send)
  if (action === 'onMessage') takeMessage(world, request)
  if (action === 'acknowledge') acknowledge(world, request)
  if (action === 'history') sendOlder(world, request, send)
  if (action === 'echo') {
    const body = { id: 'echo', type: 'Text', direction: 'Inbound' }
    send({ type: 'response', class: 'StructuredMessage', code: 200, body, tracingId: request['tracingId'] })
  }
}

function configure(world: World, request: Request, send: Send): void {
  if (request['startNew'] === true) startLinked(world)
  const { log, rules, now } = world
  const resume = fields(fields(request['beckon'])['resume'])
  const resumed = resume['conversationId'] === conversationId(world) && resume['epoch'] === rules.epoch
  const expiresAt = new Date(now() + 3_600_000).toISOString()
  const known = { sessionId: 's1', contactId: 'c1', epoch: rules.epoch, expiresAt }
  const beckon = { ...known, resumed, conversation: conversation(world) }
  const { tracingId } = request
  send({ type: 'response', class: 'SessionResponse', code: 200, tracingId, body: { connected: true, beckon } })
  if (log.length === 0) return
  const from = resumed && typeof resume['seq'] === 'number' ? resume['seq'] : Math.max(0, log.length - catchUpSize)
  const entities = log.slice(from)
  const middle = Math.ceil(entities.length / 2)
  const part = { hasOlder: from > 0, reset: resume['seq'] !== undefined && !resumed }
  sendHistory(world, send, { ...part, entities: entities.slice(0, middle), complete: false })
  sendHistory(world, send, { ...part, entities: entities.slice(middle), complete: true })
}

function takeMessage(world: World, { clientId, tracingId, message }: Request): void {
  const { type, text, content } = fields(message)
  if (type === 'Event') return
  const known = world.log.find((entry) => clientId !== undefined && entry['clientId'] === clientId)
  if (known === undefined) {
    world.isClosed = false
    append(world, { direction: 'Inbound', text, content, clientId }, tracingId)
  } else {
    broadcast(world, { type: 'message', class: 'StructuredMessage', code: 200, body: known, tracingId })
  }
}

function acknowledge(world: World, request: Request): void {
  for (const key of ['deliveredSeq', 'seenSeq', 'dismissedSeq'] as const) {
    const moved = request[key]
    if (typeof moved === 'number') world.guest[key] = Math.max(world.guest[key], moved)
  }
  const body = { conversationId: conversationId(world), by: 'guest', ...world.guest }
  broadcast(world, { type: 'message', class: 'Receipt', code: 200, body })
}

function sendOlder(world: World, request: Request, send: Send): void {
  const before = Number(request['beforeSeq'])
  const from = Math.max(0, before - 1 - Number(request['limit']))
  const entities = world.log.slice(from, before - 1)
  sendHistory(world, send, { entities, complete: true, hasOlder: from > 0, reset: false }, request['tracingId'])
}

function sendHistory(world: World, send: Send, part: Frame, tracingId?: unknown): void {
  const body = { conversationId: conversationId(world), ...part }
  send({ type: 'message', class: 'History', code: 200, body, tracingId })
}

function append(world: World, more: Record<string, unknown>, tracingId?: unknown): StoredEntry {
  const seq = world.log.length + 1
  const entry = {
    id: `entry-${++world.ids}`,
    type: 'Text',
    kind: 'message',
    direction: 'Outbound',
    channel: { time: new Date(world.now() + seq).toISOString(), from: { nickname: 'Mira' } },
    ...more,
    seq,
    conversationId: conversationId(world),
  }
  world.log.push(entry)
  broadcast(world, { type: 'message', class: 'StructuredMessage', code: 200, body: entry, tracingId })
  return entry
}

function broadcast({ peers }: World, frame: Frame): void {
  for (const send of peers.keys()) send(frame)
}

function startLinked(world: World): void {
  world.conversation += 1
  world.log.length = 0
  world.isClosed = false
  world.guest = { ...noCursors }
}

function conversationId(world: World): string {
  return `conversation-${world.conversation}`
}

function conversation(world: World): Frame | null {
  if (world.log.length === 0) return null
  return {
    id: conversationId(world),
    status: world.isClosed ? 'closed' : 'open',
    lastSeq: world.log.length,
    firstVisibleSeq: 1,
    guest: world.guest,
    business: { deliveredSeq: 0, seenSeq: 0 },
    whenGuestWrites: world.isClosed ? 'reopen' : 'append',
  }
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
