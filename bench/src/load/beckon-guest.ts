import { randomUUID } from 'node:crypto'
import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import { countArrivals } from './arrivals.ts'
import type { GuestLink } from './driver.ts'
import type { FrameSocket } from './frame-socket.ts'
import { openFrameSocket } from './frame-socket.ts'

/** Where a guest's socket goes. */
export interface GuestEntrance {
  readonly url: string
  readonly deploymentId: string
}

/** What a browser keeps of its guest between two connections. */
export interface GuestMemory {
  readonly token: string
  contactId: string
  epoch: string
  conversationId: string | undefined
  seq: number
}

export interface BeckonGuest extends GuestLink {
  readonly send: (text: string) => Promise<void>
  readonly onReceived: (listener: (text: string, seq: number) => void) => void
}

interface EntryBody {
  readonly seq: number
  readonly conversationId: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly kind: 'message' | 'event'
  readonly text?: string
}

interface SessionBody {
  readonly beckon: { readonly contactId: string; readonly epoch: string; readonly conversation: object | null }
}

type Frame =
  | { readonly class: 'SessionResponse'; readonly code: number; readonly body: SessionBody }
  | { readonly class: 'History'; readonly code: number; readonly body: { readonly entities: readonly EntryBody[]; readonly complete: boolean; readonly reset: boolean } }
  | { readonly class: 'StructuredMessage'; readonly code: number; readonly body: EntryBody; readonly tracingId?: string }
  | { readonly class: 'other'; readonly code: number; readonly body: unknown }

/** A widget acknowledges what it shows in bundles, not message by message. */
const RECEIPT_EVERY_MILLIS = 100

export function createGuestMemory(): GuestMemory {
  return { token: randomUUID(), contactId: '', epoch: '', conversationId: undefined, seq: 0 }
}

/** Given where a guest may lose the connection, and where what the catch-up brings counts too. */
export interface GuestListeners {
  readonly onReceived?: (text: string, seq: number) => void
  readonly onLost?: () => void
}

/** A guest as the widget is one: opts in, resumes from where it was, sends receipts; ready when its catch-up is complete. */
export async function connectBeckonGuest(target: GuestEntrance, memory: GuestMemory, listeners: GuestListeners = {}): Promise<BeckonGuest> {
  const socket = await openFrameSocket(`${target.url.replace('http', 'ws')}/v1?deploymentId=${target.deploymentId}`, listeners.onLost)
  const acks = new Map<string, () => void>()
  const arrivals = countArrivals()
  const caughtUp = Promise.withResolvers<void>()
  let listener = listeners.onReceived ?? (() => {})
  let sent = 0
  let receipt: NodeJS.Timeout | undefined

  const sendReceipt = (): void => {
    receipt = undefined
    socket.send(JSON.stringify({ action: 'acknowledge', token: memory.token, conversationId: memory.conversationId, deliveredSeq: memory.seq }))
  }
  const take = (entry: EntryBody): void => {
    memory.conversationId = entry.conversationId
    memory.seq = entry.seq
    if (entry.kind !== 'message' || entry.direction !== 'Outbound') return
    arrivals.add(1)
    receipt ??= setTimeout(sendReceipt, RECEIPT_EVERY_MILLIS)
    listener(entry.text ?? '', entry.seq)
  }
  const acknowledge = (tracingId: string): void => {
    must(acks.get(tracingId), 'the message acknowledged')()
    acks.delete(tracingId)
  }

  socket.onFrame((raw) => {
    const frame = parseJson<Frame>(raw)
    if (frame.code !== 200) leave(socket, raw, listeners.onLost)
    else if (frame.class === 'StructuredMessage') {
      take(frame.body)
      if (frame.tracingId !== undefined) acknowledge(frame.tracingId)
    } else if (frame.class === 'SessionResponse') {
      memory.contactId = frame.body.beckon.contactId
      memory.epoch = frame.body.beckon.epoch
      // Without a conversation there is nothing to catch up on, and no History frame follows.
      if (frame.body.beckon.conversation === null) caughtUp.resolve()
    } else if (frame.class === 'History') {
      if (frame.body.reset) throw new Error('the server could not resume a guest')
      for (const entry of frame.body.entities) take(entry)
      if (frame.body.complete) caughtUp.resolve()
    }
  })
  socket.send(JSON.stringify(configureRequest(target, memory)))
  await caughtUp.promise
  return {
    send: (text) => new Promise((resolve) => {
      sent += 1
      const tracingId = `t${sent}`
      acks.set(tracingId, resolve)
      socket.send(JSON.stringify({ action: 'onMessage', token: memory.token, tracingId, clientId: randomUUID(), message: { type: 'Text', text } }))
    }),
    onReceived: (next) => { listener = next },
    received: arrivals.reached,
    drop: () => {
      clearTimeout(receipt)
      socket.drop()
    },
  }
}

/** A refusal ends the run, unless the guest comes back after it. */
function leave(socket: FrameSocket, refusal: string, onLost: (() => void) | undefined): void {
  if (onLost === undefined) throw new Error(`the guest socket refused: ${refusal}`)
  socket.drop()
  onLost()
}

function configureRequest(target: GuestEntrance, { token, conversationId, seq, epoch }: GuestMemory): object {
  const resume = conversationId === undefined ? undefined : { conversationId, seq, epoch }
  return { action: 'configureSession', token, deploymentId: target.deploymentId, beckon: { version: 1, resume } }
}
