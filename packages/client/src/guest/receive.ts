import type { GuestEntry } from './guest.ts'
import { isFromBusiness, type GuestMemory } from './guest-memory.ts'
import type { GuestIdentity } from './identity.ts'
import { isGapped, lastSeq } from './threads/log.ts'
import type {
  ConversationFrame,
  GuestFrame,
  HistoryFrame,
  ReceiptFrame,
  RefusalFrame,
  SessionFrame,
} from './wire/read-frame.ts'
import {
  currentThread,
  newerEntries,
  withConversation,
  withEntry,
  withGuestCursors,
  withHistory,
  withReceipt,
  type Threads,
} from './threads/threads.ts'

/** Takes one frame in. */
export function receive(memory: GuestMemory, frame: GuestFrame): void {
  switch (frame.kind) {
    case 'session':
      return takeSession(memory, frame)
    case 'history':
      return takeHistory(memory, frame)
    case 'entry':
      return takeThreads(memory, withEntry(memory.threads, frame.entry), [frame.entry], true)
    case 'conversation':
      return takeConversation(memory, frame.conversation)
    case 'receipt':
      return takeReceipt(memory, frame)
    case 'typing':
      return showTyping(memory, frame.name, frame.durationMs)
    case 'expiring':
      return memory.listeners.expiring.tell({ expiresAt: frame.expiresAt })
    case 'expired':
      return memory.connection.signal('expired')
    case 'cleared':
      return takeClearing(memory)
    case 'ended':
      return takeEnd(memory, frame.signed)
    case 'address':
      return memory.files.addressed(frame)
    case 'file-refused':
      return memory.files.refusedFile(frame)
    case 'refused':
      return takeRefusal(memory, frame)
  }
}

function takeSession(memory: GuestMemory, frame: SessionFrame): void {
  const { conversation } = frame
  memory.threads = survivingThreads(memory, frame)
  memory.wantsNew = false
  memory.epoch = frame.epoch
  memory.session = { sessionId: frame.sessionId, contactId: frame.contactId, expiresAt: frame.expiresAt }
  memory.conversation = conversation
  memory.fileRules = frame.fileRules
  let isDone = true
  if (conversation !== undefined) {
    memory.threads = withConversation(memory.threads, conversation)
    const thread = currentThread(memory.threads)
    isDone = thread !== undefined && lastSeq(thread.log) >= conversation.lastSeq
    memory.acknowledger.confirmed(conversation.id, conversation.guest)
  }
  memory.catchUp = { ...memory.catchUp, isDone }
  memory.connection.signal('configured')
  if (!isDone) {
    memory.cancelCatchUp = memory.surroundings.schedule(catchUpMs, () => memory.connection.signal('dropped'))
  }
}

/** Threads that are still worth showing: all after a resume, those of other conversations within one session, else none. */
function survivingThreads(memory: GuestMemory, { conversation, ...frame }: SessionFrame): Threads {
  const { session, threads, catchUp, epoch } = memory
  const isSamePerson = session === undefined || session.contactId === frame.contactId
  if (memory.wantsNew || conversation === undefined || !isSamePerson) return []
  if (catchUp.isResume && frame.resumed) return threads
  const isSameSession = session?.sessionId === frame.sessionId && epoch === frame.epoch
  return isSameSession ? threads.filter((thread) => thread.conversationId !== conversation.id) : []
}

/** What was missed must be here by then, or the connection is not worth keeping. */
const catchUpMs = 15_000

function takeHistory(memory: GuestMemory, frame: HistoryFrame): void {
  const { older } = memory
  if (older !== undefined && older.tracingId === frame.tracingId) {
    memory.older = undefined
    memory.threads = withHistory(memory.threads, frame)
    older.settle(true)
    return memory.changed()
  }
  if (frame.complete) {
    memory.cancelCatchUp()
    memory.catchUp = { ...memory.catchUp, isDone: true }
  }
  takeThreads(memory, withHistory(memory.threads, frame), frame.entries, false)
}

/** The logs have grown: tell everyone whom it concerns, and ask for what is missing in between. */
function takeThreads(memory: GuestMemory, threads: Threads, arrived: readonly GuestEntry[], live: boolean): void {
  const news = newerEntries(memory.threads, threads)
  memory.threads = threads
  // Every copy of an own message is an acknowledgement, also one that adds nothing to the log.
  for (const entry of arrived) memory.sender.stored(entry)
  for (const entry of news) takeEntry(memory, entry, live)
  acknowledgeDelivery(memory, news)
  memory.changed()
  const thread = currentThread(memory.threads)
  if (thread === undefined || !memory.catchUp.isDone || !isGapped(thread.log)) return
  // A catch-up that leaves a hole was cut short somewhere; a fresh connection, after a pause, is the way out.
  memory.connection.signal(live ? 'reconfigure' : 'dropped')
}

function takeEntry(memory: GuestMemory, entry: GuestEntry, live: boolean): void {
  if (isFromBusiness(entry)) hideTyping(memory)
  memory.listeners.entry.tell({ entry, live })
}

function acknowledgeDelivery(memory: GuestMemory, news: readonly GuestEntry[]): void {
  const last = news.findLast(isFromBusiness)
  if (last === undefined) return
  const { conversationId, seq: deliveredSeq } = last
  memory.threads = withGuestCursors(memory.threads, conversationId, { deliveredSeq })
  const thread = currentThread(memory.threads)
  if (thread?.conversationId === conversationId) memory.acknowledger.moved(conversationId, thread.guest)
}

function takeConversation(memory: GuestMemory, conversation: ConversationFrame | undefined): void {
  memory.conversation = conversation
  if (conversation !== undefined) memory.threads = withConversation(memory.threads, conversation)
  memory.changed()
}

function takeReceipt(memory: GuestMemory, receipt: ReceiptFrame): void {
  memory.threads = withReceipt(memory.threads, receipt)
  if (receipt.by === 'guest') memory.acknowledger.confirmed(receipt.conversationId, receipt.cursors)
  memory.changed()
}

function takeClearing(memory: GuestMemory): void {
  forget(memory)
  memory.closeReason = 'cleared'
  memory.listeners.cleared.tell(undefined)
  memory.changed()
}

function takeEnd(memory: GuestMemory, signed: 'in' | 'out' | undefined): void {
  // Another tab has signed in: what it keeps lets this one in too.
  if (signed === 'in' && memory.identity?.jwt() !== undefined) return memory.connection.signal('dropped')
  const wasCleared = memory.closeReason === 'cleared'
  if (signed !== undefined) forget(memory)
  memory.closeReason = wasCleared ? 'cleared' : signed === undefined ? 'replaced' : 'signedOut'
  memory.connection.signal('ended')
}

function takeRefusal(memory: GuestMemory, frame: RefusalFrame): void {
  const { connection, older } = memory
  if (frame.tracingId === memory.catchUp.tracingId && connection.phase() !== 'live') {
    return takeConfigureRefusal(memory, frame)
  }
  if (older !== undefined && older.tracingId === frame.tracingId) {
    memory.older = undefined
    memory.olderHeldUntil = memory.surroundings.now() + (frame.retryAfterMs ?? refusedPageMs)
    older.settle(false)
    return memory.changed()
  }
  if (memory.files.refused(frame)) return
  if (frame.code === 4006 || frame.code === 4007) return connection.signal('expired')
  memory.sender.refused(frame)
}

/** A reader who stands at the start of a thread asks again with every movement. */
const refusedPageMs = 5000

const refusedForGood: ReadonlySet<number> = new Set([400, 401, 403, 404])

/** The token acts for somebody who has signed in, and nothing is kept of that here: this browser begins as somebody new. */
const cannotDowngrade = 4017

function takeConfigureRefusal(memory: GuestMemory, { code, detail, retryAfterMs }: RefusalFrame): void {
  const { connection, identity } = memory
  if (code === 401 && identity?.jwt() !== undefined) return renewIdentity(memory, identity)
  if (code === cannotDowngrade) {
    forget(memory)
    return connection.signal('dropped')
  }
  if (refusedForGood.has(code)) return connection.fail({ code, detail })
  if (retryAfterMs !== undefined) connection.holdBack(retryAfterMs)
  connection.signal('dropped')
}

/** The next attempt shows the renewed token, or comes from somebody new when the sign-in is over. */
function renewIdentity(memory: GuestMemory, identity: GuestIdentity): void {
  const again = (): void => memory.connection.signal('dropped')
  identity.renew().then((isRenewed) => {
    if (!isRenewed) forget(memory)
    again()
  }, again)
}

/** Nothing of this conversation may be shown again in this browser, and its secret is worth nothing any more. */
function forget(memory: GuestMemory): void {
  memory.threads = []
  memory.conversation = undefined
  memory.session = undefined
  memory.sender.clear()
  memory.files.clear()
  memory.identity?.forget()
  memory.tokens.write(memory.surroundings.newId())
}

function showTyping(memory: GuestMemory, name: string | undefined, durationMs: number): void {
  memory.cancelTyping()
  memory.typing = { name }
  memory.cancelTyping = memory.surroundings.schedule(durationMs, () => {
    memory.typing = undefined
    memory.changed()
  })
  memory.changed()
}

export function hideTyping(memory: GuestMemory): void {
  memory.cancelTyping()
  memory.typing = undefined
}
