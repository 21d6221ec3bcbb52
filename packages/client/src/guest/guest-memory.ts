import type { Acknowledger } from './acknowledger.ts'
import type { Connection } from './connection/connection.ts'
import type { Files } from './files/files.ts'
import type { FileRules, GuestCloseReason, GuestConversation, GuestEntry, GuestEvents, GuestSession, GuestState } from './guest.ts'
import type { GuestSurroundings } from './guest-surroundings.ts'
import type { Listeners } from './listeners.ts'
import { isGapped } from './threads/log.ts'
import type { GuestIdentity } from './identity.ts'
import type { Sender } from './sending/sender.ts'
import { currentThread, publicThread, type Thread, type Threads } from './threads/threads.ts'
import type { GuestTokenStore } from './token-store.ts'

/** Everything one guest knows and works with. The files beside this one change it; nothing outside sees it. */
export interface GuestMemory {
  readonly deploymentId: string
  readonly tokens: GuestTokenStore
  readonly identity: GuestIdentity | undefined
  readonly surroundings: GuestSurroundings
  readonly connection: Connection
  readonly sender: Sender
  readonly files: Files
  readonly acknowledger: Acknowledger
  readonly listeners: { readonly [Name in keyof GuestEvents]: Listeners<GuestEvents[Name]> }
  readonly changed: () => void

  threads: Threads
  epoch: string
  session: GuestSession | undefined
  fileRules: FileRules | undefined
  conversation: GuestConversation | undefined
  closeReason: GuestCloseReason | undefined
  wantsNew: boolean
  catchUp: CatchUp
  cancelCatchUp: () => void
  older: { readonly tracingId: string; readonly settle: (found: boolean) => void } | undefined
  /** A refused page is not asked for again before this moment. */
  olderHeldUntil: number
  typing: { readonly name: string | undefined } | undefined
  cancelTyping: () => void
  typedAt: number
}

/** What the last configure asked for, and how far the answer has come. */
export interface CatchUp {
  readonly tracingId: string
  readonly isResume: boolean
  readonly isDone: boolean
}

export function stateOf(memory: GuestMemory): GuestState {
  const { connection, threads } = memory
  const phase = connection.phase()
  const thread = currentThread(threads)
  return {
    phase,
    failure: connection.failure(),
    closeReason: phase === 'closed' ? memory.closeReason : undefined,
    retryAt: connection.retryAt(),
    session: memory.session,
    conversation: memory.conversation,
    threads: threads.map(publicThread),
    pending: memory.sender.pending(),
    files: memory.files.all(),
    fileRules: memory.fileRules,
    caughtUp: phase === 'live' && memory.catchUp.isDone && (thread === undefined || !isGapped(thread.log)),
    loadingOlder: memory.older !== undefined,
    typing: memory.typing,
    unread: thread === undefined ? 0 : unreadOf(thread).length,
  }
}

function unreadOf(thread: Thread): readonly GuestEntry[] {
  return thread.log.entries.filter((entry) => isFromBusiness(entry) && entry.seq > thread.guest.seenSeq)
}

/** A message that the guest can read and has not written. */
export function isFromBusiness(entry: GuestEntry): boolean {
  return entry.kind === 'message' && entry.direction === 'outbound' && !entry.withdrawn
}
