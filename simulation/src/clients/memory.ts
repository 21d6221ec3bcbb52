import { isReset, linesOf, sessionPlaceOf, type Line } from '../history/frames.ts'
import type { GuestFrame } from '../history/record.ts'

export interface Unsent {
  readonly clientId: string
  readonly text: string
}

/** Where a page has come to, as it says when it resumes. */
export interface Place {
  readonly epoch: string
  readonly conversationId: string
  readonly seq: number
}

/** What a page keeps between connections: its place, and what was not acknowledged. */
export interface Memory {
  readonly place: Place | undefined
  readonly unsent: readonly Unsent[]
  keep(unsent: Unsent): void
  /** Takes in what a frame says; returns the entries that it brought. */
  take(frame: GuestFrame): readonly Line[]
}

export function createMemory(): Memory {
  let epoch = ''
  let place: Place | undefined
  let unsent: readonly Unsent[] = []
  return {
    get place() {
      return place
    },
    get unsent() {
      return unsent
    },
    keep(one) {
      unsent = [...unsent, one]
    },
    take(frame) {
      epoch = sessionPlaceOf(frame)?.epoch ?? epoch
      if (isReset(frame)) place = undefined
      const lines = linesOf(frame)
      for (const { conversationId, seq, clientId } of lines) {
        const before = place?.conversationId === conversationId ? place.seq : 0
        place = { epoch, conversationId, seq: Math.max(before, seq) }
        unsent = unsent.filter((one) => one.clientId !== clientId)
      }
      return lines
    },
  }
}
