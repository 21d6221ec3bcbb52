import { seconds, type Bus, type EventFilter, type Reader, type StoredEvent, type TellableEvent, type Timers, type Typing } from '@beckon/core'
import { createFollowerIndex, type FollowerIndex } from './follower-index.ts'
import { createLogTail } from './log-tail.ts'

/** An event on its way to many readers, rendered for the first and shared by all. */
export interface FeedEvent {
  readonly event: StoredEvent
  /** The event as a frame of a stream. */
  frame(): string
}

/** Someone who waits for what happens. */
export interface Follower {
  readonly filter: EventFilter
  /** Matching events, in order, none left out since the follower joined. */
  tell(events: readonly FeedEvent[]): void
  /** Somebody began to write. */
  typing?(typing: Typing): void
  /** Now and then, to keep the connection. */
  beat?(): void
  /** Somebody's access changed: the follower may no longer be welcome. */
  recheck?(): void
  /** The server is going away. */
  end(): void
}

/** Tells followers of new events, and of what is not in the log: who is writing, whose access changed. */
export interface EventFeed {
  /** Resolves once nothing that is committed from now on can be missed. Undefined while draining. */
  join(follower: Follower): Promise<Joined | undefined>
  /** Sends everybody away, for them to come back to another node. */
  drain(): void
}

export interface Joined {
  /** The feed has heard of places up to this one, also where the store does not show them yet. The follower is told of none of them for certain, and reads them. */
  readonly heardOf: number
  leave(): void
}

export interface EventFeedDeps {
  readonly reader: Pick<Reader, 'events' | 'lastPosition' | 'epoch'>
  readonly bus: Pick<Bus, 'subscribe' | 'attend'>
  readonly timers: Timers
  readonly renderFrame: (event: TellableEvent) => string
}

const heartbeat = seconds(15)

export function createEventFeed({ reader, bus, timers, renderFrame }: EventFeedDeps): EventFeed {
  const followers = createFollowerIndex()
  const tail = createLogTail({ reader, timers, tell: (events) => tellFollowers(followers, events, renderFrame) })
  let isDraining = false
  let { epoch } = reader
  let stopBeating: (() => void) | undefined

  /** The log is another's copy now, whose places are not those that were told: whoever comes back with a cursor is told so. */
  function endWithEpoch(): void {
    if (epoch === reader.epoch) return
    epoch = reader.epoch
    for (const follower of followers.all()) follower.end()
  }

  function beat(): void {
    endWithEpoch()
    for (const follower of followers.all()) follower.beat?.()
    tail.catchUp()
    stopBeating = followers.size() > 0 ? timers.after(heartbeat, beat) : undefined
  }

  function leave(follower: Follower): void {
    followers.remove(follower)
    if (followers.size() > 0) return
    tail.stop()
    stopBeating?.()
    stopBeating = undefined
  }

  bus.subscribe((hint) => {
    endWithEpoch()
    if (followers.size() === 0) return
    if (hint.kind === 'committed') tail.hear(hint.batch, hint.span)
    if (hint.kind === 'access-changed') for (const follower of followers.all()) follower.recheck?.()
    if (hint.kind === 'typing' && hint.typing.on) for (const follower of followers.of(hint.typing)) follower.typing?.(hint.typing)
  })

  return {
    async join(follower) {
      if (isDraining) return undefined
      followers.add(follower)
      const ignore = bus.attend(follower.filter.conversationId ?? follower.filter.contactId ?? 'everything')
      const quit = (): void => {
        ignore()
        leave(follower)
      }
      stopBeating ??= timers.after(heartbeat, beat)
      try {
        await tail.start()
      } catch (error) {
        quit()
        throw error
      }
      return { heardOf: tail.heardOf(), leave: quit }
    },
    drain() {
      isDraining = true
      for (const follower of followers.all()) follower.end()
    },
  }
}

/** Each follower is told once, of all that concerns it. */
function tellFollowers(followers: FollowerIndex, events: readonly TellableEvent[], renderFrame: (event: TellableEvent) => string): void {
  const told = new Map<Follower, FeedEvent[]>()
  for (const one of events) {
    const shared = share(one, renderFrame)
    for (const follower of followers.of(one.event)) {
      const list = told.get(follower)
      if (list) list.push(shared)
      else told.set(follower, [shared])
    }
  }
  for (const [follower, list] of told) follower.tell(list)
}

function share(tellable: TellableEvent, render: (event: TellableEvent) => string): FeedEvent {
  let frame: string | undefined
  return { event: tellable.event, frame: () => (frame ??= render(tellable)) }
}
