import type { GuestEntry, GuestState } from '@beckon/client'

/** The proactive message that still waits for the guest: neither seen nor waved away, and the latest of its kind. */
export function waitingCard(state: GuestState): GuestEntry | undefined {
  const thread = state.threads.at(-1)
  if (thread === undefined) return undefined
  const { seenSeq, dismissedSeq } = thread.guest
  const handled = Math.max(seenSeq, dismissedSeq)
  return thread.entries.findLast((entry) => entry.proactive && !entry.withdrawn && entry.seq > handled)
}
