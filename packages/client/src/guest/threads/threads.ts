import type { GuestCursors, GuestEntry, GuestThread, SeenCursors } from '../guest.ts'
import { absorb, emptyLog, firstSeq, lastSeq, trimBelow, type Log } from './log.ts'
import type { ConversationFrame, HistoryFrame, ReceiptFrame } from '../wire/read-frame.ts'

/** One conversation as known here. */
export interface Thread {
  readonly conversationId: string
  readonly log: Log
  readonly hasOlder: boolean
  readonly firstVisibleSeq: number
  readonly guest: GuestCursors
  readonly business: SeenCursors
}

/** Known conversations, oldest first; the last one is the current one. */
export type Threads = readonly Thread[]

export function currentThread(threads: Threads): Thread | undefined {
  return threads.at(-1)
}

/** The server names the conversation that is current now, and how far each side has read it. */
export function withConversation(threads: Threads, conversation: ConversationFrame): Threads {
  const known = threadOf(threads, conversation.id)
  const next: Thread = {
    ...known,
    firstVisibleSeq: conversation.firstVisibleSeq,
    log: trimBelow(known.log, conversation.firstVisibleSeq),
    guest: laterGuest(known.guest, conversation.guest),
    business: later(known.business, conversation.business),
  }
  return [...threads.filter((thread) => thread.conversationId !== conversation.id), next]
}

/** An entry as it happens. One of an unknown conversation opens that conversation, which is then the current one. */
export function withEntry(threads: Threads, entry: GuestEntry): Threads {
  const thread = threadOf(threads, entry.conversationId)
  // While a log is empty, only its very first entry may begin it: whatever lies before the others has yet to be fetched.
  return replaced(threads, { ...thread, log: absorb(thread.log, [entry], thread.firstVisibleSeq) })
}

/** A stretch of log: what was missed, or what lies before. */
export function withHistory(threads: Threads, frame: HistoryFrame): Threads {
  const thread = threadOf(threads, frame.conversationId)
  const from = frame.entries[0]?.seq
  const log = from === undefined ? thread.log : absorb(thread.log, frame.entries, from)
  const reachesStart = from === undefined || from <= firstSeq(log)
  return replaced(threads, { ...thread, log, hasOlder: reachesStart ? frame.hasOlder : thread.hasOlder })
}

export function withReceipt(threads: Threads, receipt: ReceiptFrame): Threads {
  return threads.map((thread) => {
    if (thread.conversationId !== receipt.conversationId) return thread
    return receipt.by === 'business'
      ? { ...thread, business: later(thread.business, receipt.cursors) }
      : { ...thread, guest: laterGuest(thread.guest, receipt.cursors) }
  })
}

/** Moves the guest's own cursors of one conversation forward, before the server has heard of it. */
export function withGuestCursors(threads: Threads, conversationId: string, cursors: Partial<GuestCursors>): Threads {
  return withReceipt(threads, {
    kind: 'receipt',
    conversationId,
    by: 'guest',
    cursors: { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0, ...cursors },
  })
}

export function publicThread({ conversationId, log, hasOlder, guest, business }: Thread): GuestThread {
  return { conversationId, entries: log.entries, hasOlder, guest, business }
}

/** Entries at the end of any conversation that `before` did not have yet. */
export function newerEntries(before: Threads, after: Threads): readonly GuestEntry[] {
  return after.flatMap((thread) => {
    const known = before.find((each) => each.conversationId === thread.conversationId)
    if (known?.log === thread.log) return []
    const seen = known === undefined ? 0 : lastSeq(known.log)
    return thread.log.entries.filter((entry) => entry.seq > seen)
  })
}

function threadOf(threads: Threads, conversationId: string): Thread {
  const known = threads.find((thread) => thread.conversationId === conversationId)
  if (known !== undefined) return known
  return {
    conversationId,
    log: emptyLog,
    hasOlder: false,
    firstVisibleSeq: 1,
    guest: { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0 },
    business: { deliveredSeq: 0, seenSeq: 0 },
  }
}

function replaced(threads: Threads, thread: Thread): Threads {
  return threads.some((each) => each.conversationId === thread.conversationId)
    ? threads.map((each) => (each.conversationId === thread.conversationId ? thread : each))
    : [...threads, thread]
}

function later(a: SeenCursors, b: SeenCursors): SeenCursors {
  const seenSeq = Math.max(a.seenSeq, b.seenSeq)
  // Who has seen a message has received it, whichever frame came first.
  return { deliveredSeq: Math.max(a.deliveredSeq, b.deliveredSeq, seenSeq), seenSeq }
}

function laterGuest(a: GuestCursors, b: GuestCursors): GuestCursors {
  return { ...later(a, b), dismissedSeq: Math.max(a.dismissedSeq, b.dismissedSeq) }
}
