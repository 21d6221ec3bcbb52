import { waitForEvents } from '@beckon/server/parts'
import type { Chance } from '../world/chance.ts'
import type { Cluster } from '../world/cluster.ts'
import type { VirtualTime } from '../world/virtual-time.ts'
import { ask, type Asked } from './http.ts'

export interface FeedReaderGiven {
  readonly time: VirtualTime
  readonly cluster: Cluster
  readonly chance: Chance
  readonly name: string
}

/** A program that follows the feed by long poll, and keeps its cursor whatever happens to it. */
export interface FeedReader {
  /** Hangs up and goes on elsewhere. */
  switch(): void
}

const pageSize = 20
const waitSeconds = 20
const patience = 30_000

export function createFeedReader({ time, cluster, chance, name }: FeedReaderGiven): FeedReader {
  let position = 0
  let current: Asked<unknown> | undefined

  async function poll(): Promise<void> {
    const after = position
    const asked = ask({ time, chance, patience }, chance.oneOf(cluster.places), ({ feed, store, timers }, onGone) =>
      waitForEvents({ feed, reader: store, timers }, { position: after, limit: pageSize, filter: {}, waitSeconds, onGone }),
    )
    current = asked
    const outcome = await asked.outcome
    if (outcome.kind === 'answered') {
      const { events, through } = outcome.value
      position = Math.max(position, through)
      const seen = events.map(({ event: { position: place, type, contactId, conversationId } }) => ({
        id: String(place), type,
        ...(contactId === undefined ? {} : { contactId }),
        ...(conversationId === undefined ? {} : { conversationId }),
      }))
      cluster.recorder.add({ kind: 'events', reader: name, ...(after === 0 ? {} : { after: String(after) }), cursor: String(position), events: seen })
    }
    time.after(outcome.kind === 'answered' ? 1 : chance.between(200, 3000), () => void poll())
  }

  void poll()
  return { switch: () => current?.hangUp() }
}
