import type { GuestCursors } from './guest.ts'
import type { GuestSurroundings } from './guest-surroundings.ts'

/** Tells the server how far the guest has received, seen and dismissed: many small moves in few frames. */
export interface Acknowledger {
  /** Cursors as they stand here; what the server already has is left out of the next frame. */
  readonly moved: (conversationId: string, cursors: GuestCursors) => void
  /** Cursors as the server has them. */
  readonly confirmed: (conversationId: string, cursors: GuestCursors) => void
  /** The connection is live (again): acknowledgements that may have been lost are sent once more. */
  readonly online: () => void
  readonly offline: () => void
  /** Sends at once what is held back for gathering. */
  readonly flush: () => void
}

export interface AcknowledgerDeps {
  readonly surroundings: GuestSurroundings
  /** False when it could not be sent. */
  readonly transmit: (conversationId: string, cursors: Partial<GuestCursors>) => boolean
}

/** Long enough to take a burst in one frame, short enough for "delivered" to be news. */
const gatherMs = 100
/** The server counts requests per minute: a long conversation must not be spent on acknowledgements. */
const spacingMs = 1000

const nothing: GuestCursors = { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0 }

export function createAcknowledger({ surroundings, transmit }: AcknowledgerDeps): Acknowledger {
  let conversationId = ''
  let wanted = nothing
  let confirmed = nothing
  let sent = nothing
  let lastSentAt = 0
  let cancel: (() => void) | undefined

  function turnTo(id: string): void {
    if (id === conversationId) return
    conversationId = id
    wanted = confirmed = sent = nothing
  }

  function plan(): void {
    if (cancel !== undefined || ahead(wanted, sent) === undefined) return
    const delay = Math.max(gatherMs, lastSentAt + spacingMs - surroundings.now())
    cancel = surroundings.schedule(delay, flush)
  }

  function flush(): void {
    cancel?.()
    cancel = undefined
    const news = ahead(wanted, sent)
    if (news === undefined || !transmit(conversationId, news)) return
    sent = wanted
    lastSentAt = surroundings.now()
  }

  return {
    moved: (id, cursors) => {
      turnTo(id)
      wanted = latest(wanted, cursors)
      plan()
    },
    confirmed: (id, cursors) => {
      if (id !== conversationId) return
      confirmed = latest(confirmed, cursors)
      sent = latest(sent, cursors)
    },
    online: () => {
      sent = confirmed
      plan()
    },
    offline: () => {
      cancel?.()
      cancel = undefined
    },
    flush,
  }
}

function ahead(wanted: GuestCursors, known: GuestCursors): Partial<GuestCursors> | undefined {
  const news: { -readonly [Key in keyof GuestCursors]?: number } = {}
  if (wanted.deliveredSeq > known.deliveredSeq) news.deliveredSeq = wanted.deliveredSeq
  if (wanted.seenSeq > known.seenSeq) news.seenSeq = wanted.seenSeq
  if (wanted.dismissedSeq > known.dismissedSeq) news.dismissedSeq = wanted.dismissedSeq
  return Object.keys(news).length === 0 ? undefined : news
}

function latest(a: GuestCursors, b: GuestCursors): GuestCursors {
  return {
    deliveredSeq: Math.max(a.deliveredSeq, b.deliveredSeq),
    seenSeq: Math.max(a.seenSeq, b.seenSeq),
    dismissedSeq: Math.max(a.dismissedSeq, b.dismissedSeq),
  }
}
