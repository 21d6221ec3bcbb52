import type { GuestEntry, GuestState, GuestThread, PendingMessage } from '@beckon/client'

const noon = Date.UTC(2026, 2, 4, 12)

/** A message of the business, the way tests mostly need one. */
export function anEntry(own: Partial<GuestEntry> & Pick<GuestEntry, 'seq'>): GuestEntry {
  return {
    id: `entry-${own.seq}`,
    conversationId: 'c1',
    kind: 'message',
    direction: 'outbound',
    at: noon + own.seq * 1000,
    text: `text ${own.seq}`,
    fromName: 'Mira',
    fromBot: false,
    quickReplies: [],
    files: [],
    content: [],
    event: undefined,
    by: undefined,
    reason: undefined,
    clientId: undefined,
    proactive: false,
    withdrawn: false,
    ...own,
  }
}

/** A message of the guest. */
export function anOwnEntry(seq: number, own: Partial<GuestEntry> = {}): GuestEntry {
  return anEntry({ seq, direction: 'inbound', fromName: undefined, clientId: `client-${seq}`, ...own })
}

export function aThread(entries: readonly GuestEntry[], own: Partial<GuestThread> = {}): GuestThread {
  return {
    conversationId: 'c1',
    entries,
    hasOlder: false,
    guest: { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0 },
    business: { deliveredSeq: 0, seenSeq: 0 },
    ...own,
  }
}

export function aPending(own: Partial<PendingMessage> = {}): PendingMessage {
  return {
    clientId: 'pending-1',
    text: 'on its way',
    answerTo: undefined,
    writtenAt: noon + 60_000,
    status: 'sending',
    problem: undefined,
    isBeingKept: false,
    ...own,
  }
}

export function aState(threads: readonly GuestThread[], own: Partial<GuestState> = {}): GuestState {
  return {
    phase: 'live',
    failure: undefined,
    closeReason: undefined,
    retryAt: undefined,
    session: undefined,
    conversation: undefined,
    threads,
    pending: [],
    files: [],
    fileRules: undefined,
    caughtUp: true,
    loadingOlder: false,
    typing: undefined,
    unread: 0,
    ...own,
  }
}
