import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { EventFilter, Reader, Timers } from '@beckon/core'
import type { EventCursors } from './event-cursor.ts'
import type { EventFeed, FeedEvent, Follower } from './event-feed.ts'
import { eventFrame, heartbeatFrame, placeFrame, typingFrame } from './event-frame.ts'
import { pause } from './pause.ts'

export interface StreamDeps {
  readonly feed: EventFeed
  readonly reader: Pick<Reader, 'events' | 'lastPosition'>
  readonly cursors: EventCursors
  readonly timers: Timers
}

export interface StreamRequest {
  readonly filter: EventFilter
  /** Where the reader is; absent: at the end. */
  readonly after?: number
  /** Takes the response over, and gives the headers it was to have. */
  readonly begin: () => Readonly<Record<string, number | string | string[] | undefined>>
  /** Whether the credential that opened the stream still counts. */
  readonly isWelcome: () => Promise<boolean>
}

/** Bytes that may wait for a slow reader. One who has more is sent away, and finds its place again by the cursor. */
const mostWaiting = 1024 * 1024
const pageSize = 200

/** Opens a stream on a response; false while draining, when nothing was written yet. */
export async function openEventStream(deps: StreamDeps, response: ServerResponse, request: StreamRequest): Promise<boolean> {
  const stream = createStream(response, request)
  const joined = await deps.feed.join(stream.follower)
  if (!joined) return false
  const { leave } = joined
  stream.hearOf(joined.heardOf)
  response.once('close', leave)
  if (response.destroyed) leave()
  try {
    const from = request.after ?? (await deps.reader.lastPosition())
    if (stream.isOver()) {
      leave()
      return false
    }
    response.writeHead(200, { ...request.begin(), 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    response.write(placeFrame(deps.cursors.at(from)))
    await catchUp(deps, response, { from, filter: request.filter, stream })
  } catch (error) {
    leave()
    if (!response.headersSent) throw error
    response.destroy()
  }
  return true
}

interface Stream {
  readonly follower: Follower
  /** The furthest place that the feed has heard of: up to there the stream has to read by itself. */
  readonly heard: () => number
  hearOf(position: number): void
  /** Sent away before it began. */
  readonly isOver: () => boolean
  goLive(position: number): void
}

function createStream(response: ServerResponse, { filter, isWelcome }: StreamRequest): Stream {
  let heard = 0
  let livePast: number | undefined
  let isOver = false
  const hearOf = (position: number): void => void (heard = Math.max(heard, position))
  const write = (text: string): void => {
    response.write(text)
    if (response.writableLength > mostWaiting) response.destroy()
  }
  const tell = (events: readonly FeedEvent[]): void => {
    hearOf(events.at(-1)?.event.position ?? 0)
    const past = livePast
    if (past === undefined) return
    const frames = events.filter(({ event }) => event.position > past).map((event) => event.frame())
    if (frames.length > 0) write(frames.join(''))
  }
  const recheck = (): void => {
    // A credential that cannot be checked right now is not a bad one.
    isWelcome().then((is) => (is ? undefined : end()), () => undefined)
  }
  const beat = (): void => {
    if (response.headersSent) write(heartbeatFrame)
    recheck()
  }
  const end = (): void => {
    isOver = true
    if (response.headersSent) response.end()
  }
  const follower: Follower = {
    filter, tell, beat, recheck, end,
    typing: (typing) => (livePast === undefined ? undefined : write(typingFrame(typing))),
  }
  return { follower, hearOf, heard: () => heard, isOver: () => isOver, goLive: (position) => void (livePast = position) }
}

/** Reads what the stream has missed, at the pace of its reader, and goes live where the reading ended. */
async function catchUp({ reader, cursors, timers }: StreamDeps, response: ServerResponse, start: { readonly from: number; readonly filter: EventFilter; readonly stream: Stream }): Promise<void> {
  const { filter, stream } = start
  let position = start.from
  while (!response.destroyed) {
    const { events, through } = await reader.events(position, pageSize, filter)
    const frames = events.map((event) => eventFrame(event, cursors))
    position = Math.max(position, through)
    if (events.length < pageSize && position >= stream.heard()) {
      stream.goLive(position)
      if (frames.length > 0) response.write(frames.join(''))
      return
    }
    if (frames.length > 0 && !response.write(frames.join(''))) await Promise.race([once(response, 'drain'), once(response, 'close')])
    if (events.length < pageSize) await pause(timers)
  }
}
