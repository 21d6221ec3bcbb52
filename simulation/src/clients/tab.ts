import { conversationOf, opOf, sessionPlaceOf } from '../history/frames.ts'
import type { Call, GuestFrame } from '../history/record.ts'
import type { Chance } from '../world/chance.ts'
import type { Cluster } from '../world/cluster.ts'
import type { VirtualTime } from '../world/virtual-time.ts'
import { createGuestLine, type GuestLine } from './guest-line.ts'
import { createMemory, type Memory, type Unsent } from './memory.ts'
import { createOperations, type Operations } from './operations.ts'

export interface TabGiven {
  readonly time: VirtualTime
  readonly cluster: Cluster
  readonly chance: Chance
  readonly deploymentId: string
  readonly token: string
  readonly name: string
  /** Told when the server has said who this guest is, and where. */
  readonly onPlace: (contactId: string, conversationId: string | undefined) => void
}

/** A page with the chat in it, as a careful client behaves: it keeps its place and what was not acknowledged, and comes back. */
export interface Tab {
  open(): void
  /** The page goes to sleep: its memory stays. */
  close(): void
  /** The page is loaded anew, and remembers nothing but its token. */
  reload(): void
  /** Its network dies without a word. */
  cut(): void
  write(text: string): void
}

/** What the parts of a page share. */
interface Page extends TabGiven {
  readonly line: GuestLine
  readonly operations: Operations
  view: string
  memory: Memory
  contactId: string
  /** Configured, on the present connection. */
  isReady: boolean
}

export function createTab(given: TabGiven): Tab {
  const { time, cluster, chance, token } = given
  const { recorder } = cluster
  const line = createGuestLine({
    time, cluster, chance, token,
    onOpen(node) {
      recorder.add({ kind: 'connected', view: page.view, node })
      configure(page)
    },
    onFrame: (text) => onFrame(page, text),
    onLost(code) {
      page.isReady = false
      recorder.add({ kind: 'disconnected', view: page.view, ...(code === undefined ? {} : { code }) })
      page.operations.lose()
    },
  })
  const page: Page = { ...given, line, operations: createOperations(recorder), view: given.name, memory: createMemory(), contactId: '', isReady: false }
  let loads = 1
  let count = 0
  return {
    open: () => line.open(),
    close: () => line.close(),
    cut: () => line.cut(),
    reload() {
      line.close()
      page.view = `${given.name}#${String((loads += 1))}`
      page.memory = createMemory()
      line.open()
    },
    write(text) {
      const unsent = { clientId: `${page.view}-${String((count += 1))}`, text }
      page.memory.keep(unsent)
      if (page.isReady) say(page, unsent)
    },
  }
}

function configure({ view, memory, line, operations, deploymentId }: Page): void {
  const { place } = memory
  const { tracingId } = operations.invoke(view, { name: 'configure', ...(place ? { resume: { conversationId: place.conversationId, seq: place.seq } } : {}) })
  line.send({ action: 'configureSession', tracingId, deploymentId, beckon: { version: 1, ...(place ? { resume: place } : {}) } })
}

function say({ time, chance, view, line, operations }: Page, { clientId, text }: Unsent): void {
  const call: Call = { name: 'write', clientId, text }
  const sayIt = (): number => {
    const { op, tracingId } = operations.invoke(view, call)
    line.send({ action: 'onMessage', tracingId, clientId, message: { type: 'Text', text } })
    return op
  }
  const op = sayIt()
  // An impatient page says it twice; a slow network makes it say it again.
  if (chance.percent(5)) time.after(chance.between(0, 400), () => (operations.isOpen(op) ? sayIt() : undefined))
}

function acknowledge({ chance, view, memory: { place }, isReady, line, operations }: Page): void {
  if (!isReady || !place) return
  const { conversationId, seq } = place
  const seenSeq = chance.percent(60) ? seq : 0
  const { op, tracingId } = operations.invoke(view, { name: 'acknowledge', conversationId, deliveredSeq: seq, seenSeq })
  operations.forget(op)
  line.send({ action: 'acknowledge', tracingId, conversationId, deliveredSeq: seq, ...(seenSeq === 0 ? {} : { seenSeq }) })
}

/** What a page does about a frame, apart from keeping what it says. */
const reactions: Readonly<Record<string, (page: Page, frame: GuestFrame) => void>> = {
  SessionResponse: onSession,
  Conversation: (page, { body }) => page.onPlace(page.contactId, conversationOf(body)?.id),
  SessionExpiredEvent: configure,
  ConnectionClosedEvent: ({ line }) => line.giveUp(),
  LogoutEvent: ({ line }) => line.giveUp(),
  string: onRefusal,
  TooManyRequestsErrorMessage: onRefusal,
}

function onFrame(page: Page, text: string): void {
  const { time, chance, cluster, operations, view } = page
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a frame of another shape is found by the checker
  const frame = JSON.parse(text) as GuestFrame
  cluster.recorder.add({ kind: 'frame', view, frame })
  const lines = page.memory.take(frame)
  for (const { clientId, id, conversationId, seq } of lines) if (clientId !== undefined) operations.written(clientId, { messageId: id, conversationId, seq })
  if (lines.length > 0 && chance.percent(70)) time.after(chance.between(200, 2000), () => acknowledge(page))
  reactions[frame.class]?.(page, frame)
}

function onSession(page: Page, frame: GuestFrame): void {
  const place = sessionPlaceOf(frame)
  const op = opOf(frame)
  if (!place || op === undefined) return
  const { contactId, resumed, conversation } = place
  page.operations.ok(op, { resumed, ...(conversation ? { conversationId: conversation.id, seq: conversation.lastSeq } : {}) })
  page.contactId = contactId
  page.isReady = true
  page.onPlace(contactId, conversation?.id)
  for (const unsent of page.memory.unsent) say(page, unsent)
}

function onRefusal(page: Page, frame: GuestFrame): void {
  const { time, chance, line, operations } = page
  const op = opOf(frame)
  // 5000 says that something went wrong: whether before or after the commit is not said.
  const call = op === undefined ? undefined : operations.refused(op, frame.code, frame.code === 5000)
  const mine = line.current
  time.after(chance.between(500, 3000), () => {
    if (!mine || line.current !== mine) return
    if (call?.name === 'configure' || frame.code === 4006 || frame.code === 4007) configure(page)
    else if (call?.name === 'write') page.memory.unsent.filter(({ clientId }) => clientId === call.clientId).forEach((one) => say(page, one))
  })
}
