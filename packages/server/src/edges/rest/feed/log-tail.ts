import { milliseconds, type Committed, type Reader, type TellableEvent, type Timers } from '@beckon/core'

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
  readonly timers: Timers
  /** Every event after the start, in order and once. */
  readonly tell: (events: readonly TellableEvent[]) => void
}

const pageSize = 500
/** A hint may be ahead of the store, which shows nothing from before the end of every older transaction. */
const lookAgainAfter = milliseconds(50)
const mostLooks = 100

export function createLogTail({ reader, timers, tell }: LogTailDeps): LogTail {
  /** Everything up to here was told; undefined while stopped. */
  let head: number | undefined
  let starting: Promise<void> | undefined
  let isReading = false
  /** Counts the starts: a reading that outlives its own must not go on under the next. */
  let run = 0
  let hasGrown = false
  /** The furthest place that a hint has named. */
  let heardOf = 0
  const patience = createPatience(timers, () => head !== undefined && head < heardOf, () => catchUp())

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
      return hasGrown && !isAway ? catchUp() : patience.wait()
    }
    read().then(() => done(false), () => done(true))
  }

  return {
    start: () => (head === undefined ? (starting ??= begin()) : Promise.resolve()),
    stop() {
      head = undefined
      patience.stop()
    },
    catchUp,
    hear(batch) {
      heardOf = Math.max(heardOf, lastOf(batch))
      if (head === undefined || isReading) return void (hasGrown = true)
      const fresh = continuation(batch, head)
      if (fresh === 'gap') return catchUp()
      head = fresh.at(-1)?.event.position ?? head
      if (fresh.length > 0) tell(fresh)
      if (head < heardOf) catchUp()
    },
  }
}

/** What a hint told of while something before it was missing must not wait for the next hint: it is looked for again. */
function createPatience(timers: Timers, isBehind: () => boolean, look: () => void): { readonly wait: () => void; readonly stop: () => void } {
  let looks = 0
  let stop: (() => void) | undefined
  return {
    wait() {
      if (!isBehind()) looks = 0
      if (!isBehind() || stop || (looks += 1) > mostLooks) return
      stop = timers.after(lookAgainAfter, () => {
        stop = undefined
        if (isBehind()) look()
      })
    },
    stop() {
      stop?.()
      stop = undefined
    },
  }
}

function lastOf(batch: readonly Committed[]): number {
  let last = 0
  for (const { events } of batch) last = Math.max(last, events.at(-1)?.position ?? 0)
  return last
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
