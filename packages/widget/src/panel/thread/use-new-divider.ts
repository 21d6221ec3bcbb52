import type { GuestState } from '@beckon/client'
import { useRef } from 'preact/hooks'

/**
 * Where the line "New" stands: before the first message that the guest had not seen when they looked away (or when they
 * opened the panel). It stays there while they read, and moves on only when they have looked away again.
 */
export function useNewDivider(state: GuestState, isReading: boolean): number | undefined {
  const divider = useRef<number | undefined>(undefined)
  const hasBegun = useRef(false)
  const thread = state.threads.at(-1)
  const seenSeq = thread?.guest.seenSeq ?? 0
  const firstUnread = thread?.entries.find(
    (entry) => entry.seq > seenSeq && entry.kind === 'message' && entry.direction === 'outbound',
  )
  const isFree = divider.current === undefined || divider.current <= seenSeq
  if (firstUnread !== undefined && isFree && (!hasBegun.current || !isReading)) divider.current = firstUnread.seq
  if (state.caughtUp) hasBegun.current = true
  return divider.current
}
