import type { Committed, Reader, TellableEvent } from '@beckon/core'

/**
 * The growing end of the log. The log in the store is the truth; hints only say that it grew. As long as a hint
 * continues exactly where the last one ended, its content saves the reading; the first gap is read from the store.
 */
export interface LogTail {
  /** Resolves once nothing that is committed from now on will be left out. */
  start(): Promise<void>
  stop(): void
  /** What a hint brought: it may come twice, late, or in the wrong order. */
  hear(batch: readonly Committed[]): void
  /** Looks into the store, in case a hint was lost. */
  catchUp(): void
}

export interface LogTailDeps {
  readonly reader: Pick<Reader, 'events' | 'lastPosition'>
  /** Every event after the start, in order and once. */
  readonly tell: (events: readonly TellableEvent[]) => void
}

const pageSize = 500

export function createLogTail({ reader, tell }: LogTailDeps): LogTail {
  /** Everything up to here was told; undefined while stopped. */
  let head: number | undefined
  let starting: Promise<void> | undefined
  let isReading = false
  /** Counts the starts: a reading that outlives its own must not go on under the next. */
  let run = 0
  let hasGrown = false

  async function begin(): Promise<void> {
    try {
      hasGrown = false
      run += 1
      head = await reader.lastPosition()
      if (hasGrown) catchUp()
    } finally {
      starting = undefined
    }
  }

  async function read(): Promise<void> {
    const mine = run
    while (head !== undefined) {
      hasGrown = false
      const { events, through } = await reader.events(head, pageSize, {})
      if (head === undefined || run !== mine) return
      head = Math.max(head, through)
      tell(events)
      if (events.length < pageSize && !hasGrown) return
    }
  }

  function catchUp(): void {
    hasGrown = true
    if (head === undefined || isReading) return
    isReading = true
    const done = (isAway: boolean): void => {
      isReading = false
      // When the store is away, the next hint or look finds the same gap and reads again.
      if (hasGrown && !isAway) catchUp()
    }
    read().then(() => done(false), () => done(true))
  }

  return {
    start: () => (head === undefined ? (starting ??= begin()) : Promise.resolve()),
    stop() {
      head = undefined
    },
    catchUp,
    hear(batch) {
      if (head === undefined || isReading) {
        hasGrown = true
        return
      }
      const fresh = continuation(batch, head)
      if (fresh === 'gap') return catchUp()
      head = fresh.at(-1)?.event.position ?? head
      if (fresh.length > 0) tell(fresh)
    },
  }
}

/** The events of a batch after `head`, or that some before them are missing. */
function continuation(batch: readonly Committed[], head: number): readonly TellableEvent[] | 'gap' {
  const fresh: TellableEvent[] = []
  let next = head + 1
  for (const { events, entries } of batch) {
    for (const event of events) {
      if (event.position < next) continue
      if (event.position > next) return 'gap'
      next += 1
      const about = entries.find(({ entry }) => entry.seq === event.entrySeq && entry.conversationId === event.conversationId)
      fresh.push(about ? { event, entry: about.entry } : { event })
    }
  }
  return fresh
}
