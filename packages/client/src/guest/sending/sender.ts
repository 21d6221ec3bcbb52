import { backoffMs } from '../connection/backoff.ts'
import type { GuestEntry, GuestFailure, PendingMessage, QuickReplyAnswer, Sending, SentFile } from '../guest.ts'
import type { GuestSurroundings } from '../guest-surroundings.ts'
import type { GuestOutbox, OutboxItem } from './outbox.ts'
import type { RefusalFrame } from '../wire/read-frame.ts'

/** Brings the guest's messages to the server: in the order they were written, each once, however often it has to try. */
export interface Sender {
  readonly pending: () => readonly PendingMessage[]
  readonly add: (text: string, along?: Along) => Sending
  readonly retry: (clientId: string) => void
  readonly discard: (clientId: string) => void
  /** The connection is live (again): what waits goes out. */
  readonly online: () => void
  /** The connection broke: whatever was on its way goes out once more on the next one. */
  readonly offline: () => void
  readonly stored: (entry: GuestEntry) => void
  readonly refused: (refusal: RefusalFrame) => void
  /** Throws everything away, stored and unsent. */
  readonly clear: () => void
}

/** What goes with the text. */
export interface Along {
  readonly answerTo?: QuickReplyAnswer
  readonly files?: readonly SentFile[]
}

export interface SenderDeps {
  readonly outbox: GuestOutbox
  readonly surroundings: GuestSurroundings
  /** How many messages may be unacknowledged at a time. With more than one, a rate limit can change their order. */
  readonly window: number
  /** False when it could not be sent. */
  readonly transmit: (message: PendingMessage) => boolean
  readonly changed: () => void
  readonly sent: (clientId: string, entry: GuestEntry) => void
  readonly failed: (clientId: string, problem: GuestFailure) => void
  /** No acknowledgement came in time: the connection is not to be trusted. */
  readonly stalled: () => void
}

const acknowledgeMs = 20_000

export function createSender(deps: SenderDeps): Sender {
  const desk: Desk = {
    deps,
    messages: [],
    promises: new Map(),
    isLoaded: false,
    heldUntil: 0,
    setbacks: 0,
    cancelStall: () => {},
    cancelHold: () => {},
  }
  const loading = deps.outbox.load().catch(() => [])
  void loading.then((items) => takeOver(desk, items))
  return {
    pending: () => desk.messages,
    add: (text, along = {}) => add(desk, text, along),
    retry: (clientId) => {
      update(desk, clientId, { status: 'waiting', problem: undefined })
      flush(desk)
      deps.changed()
    },
    discard: (clientId) => {
      drop(desk, clientId)?.reject(new Error('discarded before it was sent'))
      deps.changed()
    },
    online: () => flush(desk),
    offline: () => offline(desk),
    stored: (entry) => stored(desk, entry),
    refused: (refusal) => refused(desk, refusal),
    clear: () => {
      for (const { clientId } of desk.messages) drop(desk, clientId)?.reject(new Error('the conversation was cleared'))
    },
  }
}

interface Settling {
  readonly resolve: (entry: GuestEntry) => void
  readonly reject: (reason: Error) => void
}

interface Desk {
  readonly deps: SenderDeps
  messages: readonly PendingMessage[]
  readonly promises: Map<string, Settling>
  isLoaded: boolean
  heldUntil: number
  /** Refusals in a row that are worth another try. */
  setbacks: number
  cancelStall: () => void
  cancelHold: () => void
}

function takeOver(desk: Desk, items: readonly OutboxItem[]): void {
  const kept = items
    .filter((item) => desk.messages.every((message) => message.clientId !== item.clientId))
    .toSorted((a, b) => a.writtenAt - b.writtenAt)
    .map((item): PendingMessage => ({ ...item, status: 'waiting', problem: undefined, isBeingKept: false }))
  desk.messages = [...kept, ...desk.messages]
  desk.isLoaded = true
  flush(desk)
  if (kept.length > 0) desk.deps.changed()
}

function add(desk: Desk, text: string, { answerTo, files = [] }: Along): Sending {
  const { surroundings, outbox, changed } = desk.deps
  const item = { clientId: surroundings.newId(), text, answerTo, ...(files.length > 0 ? { files } : {}), writtenAt: surroundings.now() }
  const promise = new Promise<GuestEntry>((resolve, reject) => {
    desk.promises.set(item.clientId, { resolve, reject })
  })
  // The state shows a failure too: a caller that does not look at the promise must not be punished for it.
  promise.catch(() => {})
  desk.messages = [...desk.messages, { ...item, status: 'waiting', problem: undefined, isBeingKept: true }]
  const kept = (): void => {
    update(desk, item.clientId, { isBeingKept: false })
    changed()
  }
  // Where nothing can be kept, the message still goes out from memory.
  outbox.put(item).then(kept, kept)
  flush(desk)
  changed()
  return { clientId: item.clientId, entry: promise }
}

function flush(desk: Desk): void {
  const { deps } = desk
  if (!desk.isLoaded || deps.surroundings.now() < desk.heldUntil) return
  let free = deps.window - desk.messages.filter((message) => message.status === 'sending').length
  for (const message of desk.messages) {
    if (free <= 0) return
    if (message.status !== 'waiting') continue
    if (!deps.transmit(message)) return
    free -= 1
    update(desk, message.clientId, { status: 'sending' })
    watchForStall(desk)
  }
}

function offline(desk: Desk): void {
  desk.cancelStall()
  for (const message of desk.messages) {
    if (message.status === 'sending') update(desk, message.clientId, { status: 'waiting' })
  }
}

function stored(desk: Desk, entry: GuestEntry): void {
  const { clientId } = entry
  if (clientId === undefined || desk.messages.every((message) => message.clientId !== clientId)) return
  drop(desk, clientId)?.resolve(entry)
  desk.setbacks = 0
  watchForStall(desk)
  flush(desk)
  desk.deps.sent(clientId, entry)
}

function refused(desk: Desk, { tracingId, code, detail, retryAfterMs }: RefusalFrame): void {
  const message = desk.messages.find((each) => each.clientId === tracingId)
  if (message === undefined) return
  const { clientId } = message
  if (isPassing(code)) {
    update(desk, clientId, { status: 'waiting' })
    hold(desk, retryAfterMs ?? backoffMs(desk.setbacks, desk.deps.surroundings.random))
    desk.setbacks += 1
  } else {
    const problem = { code, detail }
    update(desk, clientId, { status: 'failed', problem })
    // The promise ends here; a later retry is followed through the state.
    take(desk, clientId)?.reject(new Error(`not sent: ${code} ${detail}`))
    watchForStall(desk)
    flush(desk)
    desk.deps.failed(clientId, problem)
  }
  desk.deps.changed()
}

/** Too many requests, or the server is not well: the same message may pass later. */
function isPassing(code: number): boolean {
  return code === 429 || code === 4029 || code === 408 || code === 5000 || (code >= 500 && code < 600)
}

function hold(desk: Desk, delayMs: number): void {
  desk.heldUntil = desk.deps.surroundings.now() + delayMs
  desk.cancelHold()
  desk.cancelHold = desk.deps.surroundings.schedule(delayMs, () => {
    flush(desk)
    desk.deps.changed()
  })
  watchForStall(desk)
}

function watchForStall(desk: Desk): void {
  desk.cancelStall()
  const isWaitingForServer = desk.messages.some((message) => message.status === 'sending')
  desk.cancelStall = isWaitingForServer ? desk.deps.surroundings.schedule(acknowledgeMs, desk.deps.stalled) : () => {}
}

function update(desk: Desk, clientId: string, change: Partial<PendingMessage>): void {
  desk.messages = desk.messages.map((message) => (message.clientId === clientId ? { ...message, ...change } : message))
}

function drop(desk: Desk, clientId: string): Settling | undefined {
  desk.messages = desk.messages.filter((message) => message.clientId !== clientId)
  desk.deps.outbox.remove(clientId).catch(() => {})
  return take(desk, clientId)
}

function take(desk: Desk, clientId: string): Settling | undefined {
  const settling = desk.promises.get(clientId)
  desk.promises.delete(clientId)
  return settling
}
