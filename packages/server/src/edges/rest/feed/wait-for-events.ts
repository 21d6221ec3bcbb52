import { seconds, type EventFilter, type Reader, type Timers } from '@beckon/core'
import type { EventFeed, Follower } from './event-feed.ts'
import { pause } from './pause.ts'

export type EventPage = Awaited<ReturnType<Reader['events']>>

export interface WaitDeps {
  readonly feed: EventFeed
  readonly reader: Pick<Reader, 'events'>
  readonly timers: Timers
}

export interface WaitRequest {
  readonly position: number
  readonly limit: number
  readonly filter: EventFilter
  readonly waitSeconds: number
  /** Calls back when the caller hangs up. */
  readonly onGone: (callback: () => void) => void
}

/** Events after a position: those that are there, or the next that come within the wait. Empty when none did, or when draining. */
export async function waitForEvents({ feed, reader, timers }: WaitDeps, request: WaitRequest): Promise<EventPage> {
  const read = (): Promise<EventPage> => reader.events(request.position, request.limit, request.filter)
  if (request.waitSeconds === 0) return read()
  const alarm = createAlarm(request.filter)
  const joined = await feed.join(alarm.follower)
  if (!joined) return read()
  request.onGone(alarm.giveUp)
  const cancel = timers.after(seconds(request.waitSeconds), alarm.giveUp)
  try {
    for (;;) {
      const rung = alarm.rung()
      const page = await read()
      if (page.events.length > 0 || alarm.isOver()) return page
      await (page.through < joined.heardOf ? Promise.race([rung, pause(timers)]) : rung)
    }
  } finally {
    cancel()
    joined.leave()
  }
}

function createAlarm(filter: EventFilter) {
  let isOver = false
  let next = Promise.withResolvers<void>()
  const ring = (): void => {
    next.resolve()
    next = Promise.withResolvers()
  }
  const giveUp = (): void => {
    isOver = true
    next.resolve()
  }
  const follower: Follower = { filter, tell: ring, end: giveUp }
  return { follower, giveUp, isOver: () => isOver, rung: () => next.promise }
}
