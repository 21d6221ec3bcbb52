import type { EventOf, EventType, TypingEvent } from '@beckon/protocol'
import { parseAnswer } from './wire-json.ts'
import { readEventStream } from './event-stream.ts'
import { BeckonRefusal, BeckonUnreachable } from './refusal.ts'
import type { StreamFrame } from './event-stream.ts'
import type { Page } from './page.ts'
import type { RetryPolicy } from './retry.ts'
import type { Surroundings } from './surroundings.ts'
import type { Answer, Transport } from './transport.ts'

/** Something that happened; its `type` tells what `data` holds. `id` is the cursor just behind it. */
export type BeckonEvent = { readonly [Type in EventType]: EventOf<Type> }[EventType]

/** Some events, and the cursor behind the last of them (also when there are none). */
export interface EventPage extends Page<BeckonEvent> {
  readonly cursor: string
}

/** Which events to follow, and from where. */
export interface FollowEvents {
  /**
   * Cursor to start behind: the `id` of the last event that you have dealt with; `beginning` for the oldest that is kept.
   * Absent: from now on. Events are kept by the server, so whatever happened while your program was down is delivered when it comes back with its last cursor.
   */
  readonly after?: string
  /** Only these types, e.g. `['message.created']`. */
  readonly types?: readonly EventType[]
  readonly conversationId?: string
  readonly contactId?: string
  /** `stream` (default) holds one connection open; `poll` asks again and again with a long wait, for strict proxies. */
  readonly via?: 'stream' | 'poll'
  /** Ends the loop quietly. */
  readonly signal?: AbortSignal
  /** Hears of people typing. Such news has no cursor and is never repeated. Needs `via: 'stream'`. */
  readonly onTyping?: (typing: TypingEvent) => void
  /** Hears when the feed is being followed and when it is cut off; it resumes by itself. */
  readonly onConnection?: (state: 'following' | 'interrupted') => void
}

export interface FollowDeps {
  readonly transport: Transport
  readonly surroundings: Surroundings
  readonly retry: RetryPolicy
}

/** Longest silence on a stream: the server sends a heartbeat every 15 s, so three missing ones mean a dead connection. */
const longestSilenceMs = 45_000
/** How long the server may hold a long poll. */
const pollWaitSeconds = 25

/**
 * Every event after the cursor, in order, for as long as the caller keeps asking. A lost connection is taken up again behind
 * the last event that was handed over. It ends with the signal, and throws when the server refuses (scope, token).
 */
export async function* followEvents(deps: FollowDeps, wanted: FollowEvents): AsyncGenerator<BeckonEvent> {
  const follower: Follower = { deps, wanted, filter: filterOf(wanted), cursor: wanted.after === 'beginning' ? undefined : wanted.after, failures: 0 }
  try {
    if (wanted.after === 'beginning') yield* readFromBeginning(follower)
    // Without this, an event between two connections would be lost as long as none has come by.
    follower.cursor ??= (await readPage(follower, { after: 'latest', limit: 1 })).cursor
    while (wanted.signal?.aborted !== true) {
      yield* untilInterrupted(follower)
    }
  } catch (error) {
    if (wanted.signal?.aborted !== true) throw error
  }
}

interface Follower {
  readonly deps: FollowDeps
  readonly wanted: FollowEvents
  readonly filter: Readonly<Record<string, string | readonly string[] | undefined>>
  cursor: string | undefined
  failures: number
}

async function* readFromBeginning(follower: Follower): AsyncGenerator<BeckonEvent> {
  for (;;) {
    const page = await readPage(follower, { limit: 500 })
    yield* handOver(follower, page.entities)
    follower.cursor = page.cursor
    if (page.entities.length === 0) return
  }
}

/** A connection that ends is normal (a restart, a proxy's limit, a laptop that slept): pause and take it up again. */
async function* untilInterrupted(follower: Follower): AsyncGenerator<BeckonEvent> {
  try {
    yield* follower.wanted.via === 'poll' ? poll(follower) : stream(follower)
  } catch (error) {
    if (follower.wanted.signal?.aborted === true || isFinal(error)) throw error
  }
  follower.wanted.onConnection?.('interrupted')
  await pause(follower)
}

async function* poll(follower: Follower): AsyncGenerator<BeckonEvent> {
  for (;;) {
    const page = await readPage(follower, { wait: pollWaitSeconds, limit: 500 })
    follower.failures = 0
    follower.wanted.onConnection?.('following')
    yield* handOver(follower, page.entities)
    follower.cursor = page.cursor
  }
}

async function* stream(follower: Follower): AsyncGenerator<BeckonEvent> {
  const { deps, wanted } = follower
  const silence = watchSilence(deps.surroundings, wanted.signal)
  try {
    const answer = await openStream(follower, silence.signal)
    wanted.onConnection?.('following')
    for await (const frame of readEventStream(answer.chunks ?? nothing())) {
      silence.heard()
      follower.failures = 0
      if (frame === 'heartbeat') continue
      yield* handOver(follower, eventsOf(frame, wanted))
      // Also behind events that were filtered out: there may be many, and coming back should not read them again.
      follower.cursor = frame.id ?? follower.cursor
    }
  } finally {
    silence.stop()
  }
}

/** The cursor moves when the caller comes back for more: what it is still working on is not yet dealt with. */
function* handOver(follower: Follower, events: readonly BeckonEvent[]): Generator<BeckonEvent> {
  for (const event of events) {
    yield event
    follower.cursor = event.id
  }
}

function openStream({ deps, filter, cursor }: Follower, signal: AbortSignal): Promise<Answer> {
  return deps.transport.send({
    method: 'GET',
    path: '/api/v2/events/stream',
    query: { ...filter, after: cursor },
    headers: { accept: 'text/event-stream' },
    streams: true,
    options: { signal },
  })
}

async function readPage(follower: Follower, query: Readonly<Record<string, string | number>>): Promise<EventPage> {
  const { deps, wanted, filter, cursor } = follower
  const answer = await deps.transport.send({
    method: 'GET',
    path: '/api/v2/events',
    query: { ...filter, ...(cursor === undefined ? {} : { after: cursor }), ...query },
    options: { timeoutMs: (pollWaitSeconds + 15) * 1000, ...(wanted.signal === undefined ? {} : { signal: wanted.signal }) },
  })
  return parseAnswer<EventPage>(answer.text)
}

function filterOf({ types, conversationId, contactId }: FollowEvents): Follower['filter'] {
  return { types, conversationId, contactId }
}

function eventsOf(frame: StreamFrame, wanted: FollowEvents): readonly BeckonEvent[] {
  if (frame.id !== undefined) return frame.data === '' ? [] : [parseAnswer<BeckonEvent>(frame.data)]
  if (frame.event === 'typing') wanted.onTyping?.(parseAnswer<TypingEvent>(frame.data))
  return []
}

/** Anything but a refusal for good passes: the network comes back, the server restarts. */
function isFinal(error: unknown): boolean {
  if (error instanceof BeckonRefusal) return error.status < 500 && error.status !== 429
  return !(error instanceof BeckonUnreachable || error instanceof Silence || isBrokenStream(error))
}

/** What fetch throws when a body is cut: a TypeError in browsers and in Node ("terminated"). */
function isBrokenStream(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === 'AbortError')
}

class Silence extends Error {
  override readonly name = 'Silence'
}

async function* nothing(): AsyncGenerator<string> {}

async function pause(follower: Follower): Promise<void> {
  const { deps, wanted } = follower
  follower.failures += 1
  const longest = Math.min(deps.retry.longestPauseMs, deps.retry.firstPauseMs * 2 ** Math.min(follower.failures, 16))
  await deps.surroundings.sleep(longest * deps.surroundings.random(), wanted.signal)
}

/** Aborts when nothing was heard for too long, or when the caller aborts. */
function watchSilence(surroundings: Surroundings, outer: AbortSignal | undefined) {
  const stream = new AbortController()
  const stop = (): void => stream.abort(outer?.reason)
  outer?.addEventListener('abort', stop, { once: true })
  let clock = new AbortController()
  const arm = (): void => {
    clock = new AbortController()
    surroundings.sleep(longestSilenceMs, clock.signal).then(
      () => stream.abort(new Silence(`nothing heard for ${longestSilenceMs} ms`)),
      () => undefined,
    )
  }
  arm()
  return {
    signal: stream.signal,
    heard: (): void => {
      clock.abort()
      arm()
    },
    stop: (): void => {
      clock.abort()
      outer?.removeEventListener('abort', stop)
      stream.abort()
    },
  }
}
