import { createAcknowledger } from './acknowledger.ts'
import type { GuestSignal } from './connection/phases.ts'
import { createConnection } from './connection/connection.ts'
import type { Guest, GuestEvents, GuestPhase, GuestState } from './guest.ts'
import { stateOf, type GuestMemory } from './guest-memory.ts'
import type { OpenGuestSocket } from './connection/guest-socket.ts'
import type { GuestSurroundings } from './guest-surroundings.ts'
import { createListeners } from './listeners.ts'
import { createFiles } from './files/files.ts'
import { uploadByFetch, type UploadFile } from './files/upload-file.ts'
import { firstSeq, lastSeq } from './threads/log.ts'
import { memoryOutbox, type GuestOutbox } from './sending/outbox.ts'
import { hideTyping, receive } from './receive.ts'
import type { GuestIdentity } from './identity.ts'
import { requestsOf, type Requests } from './wire/requests.ts'
import { createSender } from './sending/sender.ts'
import { systemGuestSurroundings } from './system-guest-surroundings.ts'
import { currentThread, withGuestCursors } from './threads/threads.ts'
import { memoryTokenStore, type GuestTokenStore } from './token-store.ts'
import { openWebSocket } from './connection/web-socket.ts'

export interface GuestOptions {
  /** Where the server is, e.g. `https://chat.example.com`. `http(s)` and `ws(s)` mean the same. */
  readonly url: string
  readonly deploymentId: string
  /** Default: in memory, i.e. a new guest each time. */
  readonly tokens?: GuestTokenStore
  /** Default: in memory, i.e. unsent messages die with the process. */
  readonly outbox?: GuestOutbox
  /** Default: the WebSocket of the platform. `@beckon/client/node` has one that sends an Origin and sees a refused upgrade. */
  readonly openSocket?: OpenGuestSocket
  /** Default: by fetch. A page may tell how far an upload has come with its own. */
  readonly uploadFile?: UploadFile
  /** Who the guest is, where they may sign in: see `createGuestIdentity` of `@beckon/client/identity`. */
  readonly identity?: GuestIdentity
  readonly surroundings?: GuestSurroundings
  /** Messages that may be unacknowledged at a time, default 1: keeps their order even under a rate limit. */
  readonly window?: number
}

/** Makes a guest. Nothing happens on the network until `connect()`. */
export function createGuest(options: GuestOptions): Guest {
  const { surroundings = systemGuestSurroundings, tokens = memoryTokenStore() } = options
  const states = createListeners<GuestState>()
  const requests = requestsOf(() => tokenOf(tokens, surroundings))
  const changed = (): void => {
    if (!states.isEmpty()) states.tell(stateOf(memory))
  }
  const memory: GuestMemory = {
    ...partsOf(options, { requests, surroundings, changed, memory: () => memory }),
    deploymentId: options.deploymentId,
    tokens,
    identity: options.identity,
    surroundings,
    listeners: {
      entry: createListeners(),
      sent: createListeners(),
      failed: createListeners(),
      expiring: createListeners(),
      cleared: createListeners(),
    },
    changed,
    threads: [],
    epoch: '',
    session: undefined,
    fileRules: undefined,
    conversation: undefined,
    closeReason: undefined,
    wantsNew: false,
    catchUp: { tracingId: '', isResume: false, isDone: false },
    cancelCatchUp: () => {},
    older: undefined,
    olderHeldUntil: 0,
    typing: undefined,
    cancelTyping: () => {},
    typedAt: 0,
  }
  return {
    state: () => stateOf(memory),
    subscribe: states.add,
    on: (name, listener) => listen(memory, name, listener),
    until: (holds) => until(memory, states.add, holds),
    ...connectionCalls(memory),
    identify: () => memory.connection.signal(signalAt[memory.connection.phase()] ?? 'connect'),
    ...writingCalls(memory, requests),
    ...readingCalls(memory, requests),
  }
}

interface Wiring {
  readonly requests: Requests
  readonly surroundings: GuestSurroundings
  readonly changed: () => void
  readonly memory: () => GuestMemory
}

function partsOf(
  options: GuestOptions,
  { requests, surroundings, changed, memory }: Wiring,
): Pick<GuestMemory, 'connection' | 'sender' | 'files' | 'acknowledger'> {
  const connection = createConnection({
    url: socketUrl(options.url, options.deploymentId),
    openSocket: options.openSocket ?? openWebSocket,
    surroundings,
    configure: () => configureFrame(memory(), requests),
    echo: () => requests.echo(surroundings.newId()),
    received: (frame) => receive(memory(), frame),
    changed: (phase) => phaseChanged(memory(), phase),
  })
  const sender = createSender({
    outbox: options.outbox ?? memoryOutbox(),
    surroundings,
    window: options.window ?? 1,
    transmit: (message) => connection.send(requests.message(message)),
    changed,
    sent: (clientId, entry) => memory().listeners.sent.tell({ clientId, entry }),
    failed: (clientId, problem) => memory().listeners.failed.tell({ clientId, problem }),
    stalled: () => connection.signal('dropped'),
  })
  const acknowledger = createAcknowledger({
    surroundings,
    transmit: (conversationId, cursors) => connection.send(requests.acknowledge(conversationId, cursors)),
  })
  const files = createFiles({
    surroundings,
    upload: options.uploadFile ?? uploadByFetch,
    announce: (attachmentId, file) => connection.send(requests.announceFile(attachmentId, file)),
    ask: (attachmentId, tracingId) => connection.send(requests.askForFile(attachmentId, tracingId)),
    takeBack: (attachmentId) => connection.send(requests.takeBackFile(attachmentId)),
    changed,
  })
  return { connection, sender, files, acknowledger }
}

function phaseChanged(memory: GuestMemory, phase: GuestPhase): void {
  if (phase === 'live') {
    memory.acknowledger.online()
    memory.sender.online()
    memory.files.online()
  } else {
    memory.acknowledger.offline()
    memory.sender.offline()
    memory.files.offline()
    hideTyping(memory)
    memory.cancelCatchUp()
    memory.older?.settle(false)
    memory.older = undefined
  }
  memory.changed()
}

function configureFrame(memory: GuestMemory, requests: Requests): string {
  const tracingId = memory.surroundings.newId()
  const thread = memory.wantsNew ? undefined : currentThread(memory.threads)
  const seq = thread === undefined ? 0 : lastSeq(thread.log)
  const resume =
    thread === undefined || seq === 0 ? undefined : { conversationId: thread.conversationId, seq, epoch: memory.epoch }
  memory.catchUp = { tracingId, isResume: resume !== undefined, isDone: false }
  const jwt = memory.identity?.jwt()
  return requests.configure({ deploymentId: memory.deploymentId, tracingId, startNew: memory.wantsNew, resume, jwt })
}

function connectionCalls(memory: GuestMemory): Pick<Guest, 'connect' | 'disconnect' | 'wake' | 'leave' | 'networkLost'> {
  const { connection } = memory
  const connect = (): void => {
    memory.closeReason = undefined
    connection.signal('connect')
  }
  return {
    connect,
    leave: memory.acknowledger.flush,
    disconnect: () => {
      memory.acknowledger.flush()
      memory.closeReason = 'disconnected'
      connection.signal('disconnect')
    },
    wake: () => {
      if (connection.phase() === 'closed' && memory.closeReason === 'replaced') connect()
      else connection.wake()
    },
    networkLost: () => connection.signal('dropped'),
  }
}

/** What makes a guest show who they are: an anonymous attempt under way is given up. */
const signalAt: Partial<Record<GuestPhase, GuestSignal>> = { live: 'reconfigure', configuring: 'dropped', expired: 'dropped' }

/** The guest protocol's typing events are rationed by time, whatever the keyboard does. */
const typingSpacingMs = 5000

function writingCalls(
  memory: GuestMemory,
  requests: Requests,
): Pick<Guest, 'send' | 'answer' | 'retry' | 'discard' | 'typing' | 'startNew' | 'clear' | 'attach' | 'retryFile' | 'removeFile' | 'fileUrl'> {
  const { sender, files, connection, surroundings } = memory
  return {
    send: (text, along = {}) => sender.add(text, { files: files.take(along.files ?? []) }),
    answer: (entry, { text, ...reply }) => sender.add(text, { answerTo: { messageId: entry.id, payload: text, ...reply } }),
    attach: files.add,
    retryFile: files.retry,
    removeFile: files.remove,
    fileUrl: files.freshUrl,
    retry: sender.retry,
    discard: sender.discard,
    typing: () => {
      const now = surroundings.now()
      if (now - memory.typedAt >= typingSpacingMs && connection.send(requests.typing())) memory.typedAt = now
    },
    startNew: () => {
      memory.wantsNew = true
      connection.signal(connection.phase() === 'live' ? 'reconfigure' : 'connect')
    },
    clear: () => void connection.send(requests.clear()),
  }
}

const defaultPage = 50

function readingCalls(memory: GuestMemory, requests: Requests): Pick<Guest, 'markSeen' | 'dismiss' | 'loadOlder'> {
  const moveTo = (cursor: 'seenSeq' | 'dismissedSeq'): void => {
    const thread = currentThread(memory.threads)
    if (thread === undefined || lastSeq(thread.log) <= thread.guest[cursor]) return
    memory.threads = withGuestCursors(memory.threads, thread.conversationId, { [cursor]: lastSeq(thread.log) })
    const moved = currentThread(memory.threads)
    if (moved !== undefined) memory.acknowledger.moved(moved.conversationId, moved.guest)
    memory.changed()
  }
  return {
    markSeen: () => moveTo('seenSeq'),
    dismiss: () => moveTo('dismissedSeq'),
    loadOlder: async (limit = defaultPage) => {
      const thread = currentThread(memory.threads)
      if (thread === undefined || memory.older !== undefined) return false
      if (memory.surroundings.now() < memory.olderHeldUntil) return false
      const tracingId = memory.surroundings.newId()
      const frame = requests.history(thread.conversationId, firstSeq(thread.log), limit, tracingId)
      if (!memory.connection.send(frame)) return false
      return new Promise((settle) => {
        memory.older = { tracingId, settle }
        memory.changed()
      })
    },
  }
}

function listen<Name extends keyof GuestEvents>(
  memory: GuestMemory,
  name: Name,
  listener: (event: GuestEvents[Name]) => void,
): () => void {
  return memory.listeners[name].add(listener)
}

function until(
  memory: GuestMemory,
  subscribe: Guest['subscribe'],
  holds: (state: GuestState) => boolean,
): Promise<GuestState> {
  const now = stateOf(memory)
  if (holds(now)) return Promise.resolve(now)
  return new Promise((resolve) => {
    const stop = subscribe((state) => {
      if (!holds(state)) return
      stop()
      resolve(state)
    })
  })
}

function tokenOf(tokens: GuestTokenStore, surroundings: GuestSurroundings): string {
  const known = tokens.read()
  if (known !== undefined) return known
  const fresh = surroundings.newId()
  tokens.write(fresh)
  return fresh
}

function socketUrl(base: string, deploymentId: string): string {
  const url = new URL('v1', base.replace(/^http/, 'ws').replace(/\/?$/, '/'))
  url.searchParams.set('deploymentId', deploymentId)
  url.searchParams.set('application', 'beckon')
  return url.href
}
