import { between, milliseconds, plus, seconds, type Clock, type Committed, type Duration, type Instant, type Reader, type Span, type TellableEvent, type Timers } from '@beckon/core'
import type { NodeMetrics } from '../../observability/node-metrics.ts'
import type { OwnCommits } from './own-commits.ts'

/** Follows the feed in the store, and tells of what no hint has told of. */
export interface Follower {
  /** From the end of the feed as it is now. */
  start(): Promise<void>
  stop(): void
  /** Committed by this node, and told by it. */
  own(batch: readonly Committed[]): void
  /** What of another node's hint was not told here yet; it counts as told from now on. */
  fresh(batch: readonly Committed[]): readonly Committed[]
  /** Of these places, those that were not told concern nobody here. */
  skip(span: Span): void
  /** Another node has committed these without telling what. */
  expect(span: Span): void
  /** Looks into the store by then. */
  lookWithin(wait: Duration): void
}

interface FollowerDeps {
  readonly reader: Pick<Reader, 'epoch' | 'events' | 'lastPosition'>
  readonly clock: Clock
  readonly timers: Timers
  readonly rebuild: (events: readonly TellableEvent[]) => Promise<readonly Committed[]>
  readonly tell: (batch: readonly Committed[]) => void
  readonly metrics: Pick<NodeMetrics, 'repaired'>
  /** What is in the store and was not told may be our own, which only our own hint may tell: it alone carries the mark by which the writer's socket knows its message. */
  readonly ownCommits: Pick<OwnCommits, 'mark' | 'isAnswered'>
  /** The store could not be read; it is tried again. */
  readonly onAway: (error: unknown) => void
}

const restingPace = seconds(1)
/** What was just found may have its hint still under way, which costs less than reading. So it is left for the next look. */
const grace = milliseconds(250)
/** Older than any commit that is still waited for. */
const longAgo = seconds(10)
/** What was announced is there as soon as older transactions have ended. */
const shortestWait = milliseconds(20)
const longestBackoff = seconds(10)
const pageSize = 500
/** Hints that came while the store could not be read. Beyond it they are forgotten, and told again when it can. */
const mostTold = 100_000
const mostExpected = 1000
/** More events than a batch has. */
const mostSkipped = 100_000

interface Expected {
  readonly from: number
  readonly to: number
  /** What is not there by then never will be: the store has been set back. */
  readonly until: Instant
}

interface State {
  /** Of the log that the places are of. */
  epoch: string
  /** Everything up to here was told. */
  cursor: number
  /** Told, after the cursor. */
  readonly told: Set<number>
  /** Being told: as good as told to whoever brings a hint of it, but the cursor must not pass what may still fail. */
  telling: ReadonlySet<number>
  /** Places that are another node's. */
  expected: readonly Expected[]
  /** What an earlier look saw, when, and after which of our own commits. */
  seen: { readonly through: number; readonly at: Instant; readonly mark: number }
}

export function createFollower(deps: FollowerDeps): Follower {
  const { reader, clock } = deps
  let state: State | undefined
  let isLooking = false
  let isWoken = false
  let failures = 0
  const pace = createPace(deps, () => void look())

  async function look(): Promise<void> {
    if (!state || isLooking) {
      isWoken = true
      return
    }
    isLooking = true
    isWoken = false
    try {
      if (state.epoch !== reader.epoch) await beginEpoch(reader, state)
      const was = state.cursor
      const found = await catchUp(deps, state)
      failures = 0
      pace.within(isWoken ? milliseconds(0) : waitAfter(found, state.cursor > was))
    } catch (error) {
      failures += 1
      deps.onAway(error)
      pace.within(milliseconds(Math.min(longestBackoff, restingPace * 2 ** (failures - 1))))
    }
    isLooking = false
  }

  return {
    async start() {
      const { epoch } = reader
      state = { epoch, cursor: await reader.lastPosition(), told: new Set(), telling: new Set(), expected: [], seen: { through: 0, at: clock.now(), mark: 0 } }
      pace.within(restingPace)
    },
    stop() {
      state = undefined
      pace.stop()
    },
    own(batch) {
      if (state) for (const { events } of batch) noteAll(state, events.map(({ position }) => position))
    },
    fresh(batch) {
      const now = state
      return now ? batch.flatMap((committed) => untold(now, committed)) : batch
    },
    skip({ from, to }) {
      if (state) noteAll(state, Array.from({ length: Math.max(0, Math.min(to - from + 1, mostSkipped)) }, (_, index) => from + index))
    },
    expect({ from, to }) {
      if (!state || to <= state.cursor) return
      state.expected = [...state.expected, { from, to, until: plus(clock.now(), longAgo) }].slice(-mostExpected)
      // While the store is away, every wake-up would be one more knock at its door.
      if (failures === 0) void look()
    },
    lookWithin: (wait) => pace.within(wait),
  }
}

/** The store is another's copy now, which may lack the last that the lost one had: places after its end are given out again. */
async function beginEpoch(reader: FollowerDeps['reader'], state: State): Promise<void> {
  const { epoch } = reader
  state.cursor = Math.min(state.cursor, await reader.lastPosition())
  state.epoch = epoch
  state.told.clear()
}

interface Looked {
  /** Something was found that is left for the next look. */
  readonly isLeft: boolean
  /** Something was announced that is not there yet. */
  readonly isExpected: boolean
}

/** Reads to the end of what may be told, page by page, and tells it. */
async function catchUp(deps: FollowerDeps, state: State): Promise<Looked> {
  const now = deps.clock.now()
  const isRipe = between(state.seen.at, now) >= grace && deps.ownCommits.isAnswered(state.seen.mark)
  const ripe = isRipe ? state.seen.through : 0
  state.expected = state.expected.filter(({ until }) => until > now)
  for (;;) {
    const { events, through } = await deps.reader.events(state.cursor, pageSize, {})
    const missed = events.filter(({ event }) => !isTold(state, event.position))
    const due = missed.filter(({ event: { position, at } }) => position <= ripe || between(at, now) >= longAgo || isExpected(state, position))
    await tellOf(deps, state, due)
    const left = missed.find((one) => !due.includes(one))
    const end = Math.max(state.cursor, through)
    settle(state, left === undefined ? end : Math.max(state.cursor, left.event.position - 1))
    if (left !== undefined || events.length < pageSize) {
      if (isRipe || state.seen.through <= state.cursor) state.seen = { through: end, at: now, mark: deps.ownCommits.mark() }
      return { isLeft: left !== undefined, isExpected: state.expected.length > 0 }
    }
  }
}

async function tellOf({ rebuild, tell, metrics }: FollowerDeps, state: State, due: readonly TellableEvent[]): Promise<void> {
  if (due.length === 0) return
  // A hint that comes while this is read says nothing new.
  state.telling = new Set(due.map(({ event }) => event.position))
  try {
    const batch = await rebuild(due)
    metrics.repaired(due.length)
    tell(batch)
    for (const position of state.telling) state.told.add(position)
  } finally {
    state.telling = new Set()
  }
}

function waitAfter({ isLeft, isExpected }: Looked, hasMoved: boolean): Duration {
  if (isExpected) return hasMoved ? shortestWait : milliseconds(3 * shortestWait)
  return isLeft ? plusOne(grace) : restingPace
}

function plusOne(wait: Duration): Duration {
  return milliseconds(wait + 1)
}

function isTold({ cursor, told, telling }: State, position: number): boolean {
  return position <= cursor || told.has(position) || telling.has(position)
}

function isExpected({ expected }: State, position: number): boolean {
  return expected.some(({ from, to }) => position >= from && position <= to)
}

/** The events of it that are new; nothing when there were some and none is. */
function untold(state: State, committed: Committed): readonly Committed[] {
  const events = committed.events.filter(({ position }) => !isTold(state, position))
  if (events.length === 0 && committed.events.length > 0) return []
  noteAll(state, events.map(({ position }) => position))
  return [events.length === committed.events.length ? committed : { ...committed, events }]
}

function noteAll(state: State, positions: readonly number[]): void {
  if (state.told.size > mostTold) state.told.clear()
  for (const position of positions) if (position > state.cursor) state.told.add(position)
  settle(state, state.cursor)
}

/** Moves the cursor on, over what was told beyond it: while nothing is missing, nothing is left to be read. */
function settle(state: State, to: number): void {
  if (to > state.cursor) {
    state.cursor = to
    for (const position of state.told) if (position <= to) state.told.delete(position)
  }
  while (state.told.delete(state.cursor + 1)) state.cursor += 1
  if (state.expected.some((range) => range.to <= state.cursor)) state.expected = state.expected.filter((range) => range.to > state.cursor)
}

/** One wait at a time, which only grows shorter. */
function createPace({ clock, timers }: Pick<FollowerDeps, 'clock' | 'timers'>, ring: () => void) {
  let next: { readonly at: Instant; readonly takeBack: () => void } | undefined
  let isStopped = false
  return {
    within(wait: Duration): void {
      const at = plus(clock.now(), wait)
      if (isStopped || (next && next.at <= at)) return
      next?.takeBack()
      next = {
        at,
        takeBack: timers.after(wait, () => {
          next = undefined
          ring()
        }),
      }
    },
    stop(): void {
      isStopped = true
      next?.takeBack()
    },
  }
}
