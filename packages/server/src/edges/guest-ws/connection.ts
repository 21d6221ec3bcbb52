import type { ContactId, Conversation, ConversationId, Deployment, DeploymentId, Instant, Session } from '@beckon/core'
import { guestCloseCodes } from '@beckon/protocol'
import { WebSocket } from 'ws'
import type { Bucket } from './bucket.ts'

/**
 * The life of one socket. `fresh`: nothing configured yet. `configured`: acts for a session. `detached`: its session
 * ended, the socket may configure another. `leaving`: told to close; dropped when it does not.
 */
export type ConnectionPhase = 'fresh' | 'configured' | 'detached' | 'leaving'

/** How far this socket has been told about the thread it shows. */
export interface View {
  conversationId: ConversationId
  /** Every visible entry up to here was written to the socket. */
  sentSeq: number
  /** What the client kept is of another log or thread: it is told so with the first entries. */
  beginsAnew?: boolean
  /** Of the thread as the socket was last told of it: what is older comes too late. */
  version: number
  status: Conversation['status']
  guest: Conversation['guest']
  business: Conversation['business']
}

/** What this edge asks of a socket: `ws` has it, and so has whatever carries frames without a network. */
export interface GuestSocket {
  readonly readyState: number
  readonly OPEN: number
  /** Bytes that wait to be carried. */
  readonly bufferedAmount: number
  send(frame: string): void
  ping(data?: undefined, mask?: undefined, sent?: () => void): void
  close(code: number): void
  terminate(): void
  on(event: 'ping' | 'pong' | 'error' | 'close', listener: () => void): unknown
  on(event: 'message', listener: (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => void): unknown
  once(event: 'close', listener: () => void): unknown
  off(event: 'close', listener: () => void): unknown
}

export interface Connection {
  readonly socket: GuestSocket
  readonly deploymentId: DeploymentId
  phase: ConnectionPhase
  deployment: Deployment
  tokenHash?: string
  contactId?: ContactId
  session?: Session
  view?: View
  /** Asked for this protocol's additions; other clients get only what they know. */
  hasAdditions: boolean
  /** The log is being read for this socket: what happens meanwhile is in the log, so hints only note where to read on. */
  catchingUp?: Promise<void>
  missed?: ConversationId | undefined
  /** When the latest entry was made of which this socket was told, or is about to be. */
  latestAt?: Instant
  readonly requests: Bucket
  /** Acks have a rate of their own, so that a busy reader has its messages left. */
  readonly acks: Bucket
  /** The session is being cleared: what is to be said before its end is told. */
  clearAck?: string
  /** The configureSession under way: the next waits for it, as two at once would each miss the other's place. */
  configuring?: Promise<void>
  /** Taken back when the socket goes. */
  readonly cancelTimers: Map<'expiring' | 'delivered' | 'leave', () => void>
}

/** What happened in another thread before the latest that this socket knows of has come late, and leads nowhere any more. */
export function isLate({ latestAt }: Connection, at: Instant): boolean {
  return latestAt !== undefined && at < latestAt
}

export function noteLatest(connection: Connection, at: Instant | undefined): void {
  if (at !== undefined && !isLate(connection, at)) connection.latestAt = at
}

/** Never sends a Close frame without a code, not even in answer to one: some clients fail on it (guest-protocol 1.5). */
export class GuestWebSocket extends WebSocket {
  override close(code: number = guestCloseCodes.normal, reason?: string | Buffer): void {
    super.close(code, reason)
  }
}

/** A socket that does not take what it is sent is dropped: it resumes from the log, so nothing is lost with it. */
const maxBufferedBytes = 1 << 20

export function send(connection: Connection, frame: string): void {
  const { socket } = connection
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > maxBufferedBytes) {
    socket.terminate()
    return
  }
  socket.send(frame)
}

/**
 * Resolves when what was sent has left this process, or the socket is gone. Who has much to say waits for it: a reader
 * who takes everything would otherwise be dropped for being told faster than a socket carries.
 */
export function flushed({ socket }: Connection): Promise<void> {
  if (socket.bufferedAmount === 0 || socket.readyState !== socket.OPEN) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.once('close', resolve)
  // A ping stands behind everything that waits; clients answer it below the level of frames.
  socket.ping(undefined, undefined, () => {
    socket.off('close', resolve)
    resolve()
  })
  return promise
}

