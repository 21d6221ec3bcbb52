import { milliseconds, type Committed, type Duration, type Reader, type Span, type TellableEvent, type Timers } from '@beckon/core'
import { createHeld, stretchesOf, type Held } from './stretches.ts'

/**
 * The growing end of the log. The log in the store is the truth; hints only say that it grew. As long as hints leave no gap
 * between them, their content saves the reading; a gap that is not filled in a moment is read from the store.
 */
export interface LogTail {
  /** Resolves once nothing that is committed from now on will be left out. */
  start(): Promise<void>
  stop(): void
  /** What a hint brought: it may come twice, late, or in the wrong order. Of its span, what is not in the batch is passed over. */
  hear(batch: readonly Committed[], span?: Span): void
  /** The furthest place that was told, or told of: what lies before it may be on its way to nobody who joins now. */
  heardOf(): number
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
/** Nodes commit side by side, and the hint of an earlier place may come after that of a later one: so long it is waited for, before it is read. */
const shortestWait = milliseconds(100)
/** A hint may be ahead of the store, which shows nothing from before the end of every older transaction. */
const lookAgainAfter = milliseconds(50)
const mostLooks = 100

interface State {
  /** Everything up to here was told; undefined while stopped. */
  head: number | undefined
  /** Counts the starts: a reading that outlives its own must not go on under the next. */
  run: number
  /** Since the last reading began. */
  hasGrown: boolean
  /** The furthest place that a hint has named. */
  heardOf: number
  readonly held: Held
}

export function createLogTail(deps: LogTailDeps): LogTail {
  const { reader, timers } = deps
  const state: State = { head: undefined, run: 0, hasGrown: false, heardOf: 0, held: createHeld() }
  let starting: Promise<void> | undefined
  let isReading = false
  const patience = createPatience(timers, () => (state.head !== undefined && state.head < state.heardOf ? state.head : undefined), () => catchUp())

  async function begin(): Promise<void> {
    try {
      state.hasGrown = false
      state.run += 1
      state.head = await reader.lastPosition()
      if (state.hasGrown) catchUp()
    } finally {
      starting = undefined
    }
  }

  function catchUp(): void {
    state.hasGrown = true
    if (state.head === undefined || isReading) return
    isReading = true
    const done = (isAway: boolean): void => {
      isReading = false
      // When the store is away, the next hint or look finds the same gap and reads again.
      return state.hasGrown && !isAway ? catchUp() : patience.wait(lookAgainAfter)
    }
    read(deps, state).then(() => done(false), () => done(true))
  }

  return {
    start: () => (state.head === undefined ? (starting ??= begin()) : Promise.resolve()),
    stop() {
      state.head = undefined
      state.heardOf = 0
      state.held.clear()
      patience.stop()
    },
    catchUp,
    heardOf: () => Math.max(state.heardOf, state.head ?? 0),
    hear(batch, span) {
      const stretches = stretchesOf(batch, span)
      const furthest = Math.max(state.heardOf, ...stretches.map(({ to }) => to))
      if (furthest > state.heardOf) patience.renew()
      state.heardOf = furthest
      if (state.head === undefined) return void (state.hasGrown = true)
      state.held.put(stretches)
      // While the store is read, what it tells comes first.
      if (isReading) return
      goOn(deps, state, state.head)
      patience.wait(shortestWait)
    },
  }
}

async function read(deps: LogTailDeps, state: State): Promise<void> {
  const { run } = state
  while (state.head !== undefined) {
    state.hasGrown = false
    const { events, through } = await deps.reader.events(state.head, pageSize, {})
    if (state.head === undefined || state.run !== run) return
    deps.tell(events)
    goOn(deps, state, Math.max(state.head, through))
    if (events.length < pageSize && !state.hasGrown) return
  }
}

/** Tells what was heard of and follows without a gap. */
function goOn({ tell }: LogTailDeps, state: State, after: number): void {
  const { events, end } = state.held.takeAfter(after)
  state.head = end
  if (events.length > 0) tell(events)
}

/** What a hint told of while something before it was missing must not wait for the next hint: when nothing has moved for a while, it is looked for. */
function createPatience(timers: Timers, stuckAt: () => number | undefined, look: () => void) {
  let looks = 0
  let stop: (() => void) | undefined
  function wait(time: Duration): void {
    const before = stuckAt()
    if (before === undefined) looks = 0
    if (before === undefined || stop || looks >= mostLooks) return
    stop = timers.after(time, () => {
      stop = undefined
      if (stuckAt() !== before) {
        looks = 0
        return wait(shortestWait)
      }
      looks += 1
      look()
    })
  }
  return {
    wait,
    renew(): void {
      looks = 0
    },
    stop(): void {
      stop?.()
      stop = undefined
    },
  }
}
