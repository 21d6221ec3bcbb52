import { milliseconds, seconds, type Bus, type Clock, type Committed, type Hint, type Timers } from '@beckon/core'
import type { NodeMetrics } from '../../observability/node-metrics.ts'
import { createAttachmentWatch } from './attachment-watch.ts'
import type { Exchange } from './exchange.ts'
import { createFollower } from './follower.ts'
import { createOwnCommits, type OwnCommits } from './own-commits.ts'
import { createRebuild, type LocalSockets, type RebuildReader } from './rebuild.ts'

/** A bus of many nodes. What it tells of the others comes at once over the wire, or else from the store. */
export interface NodeBus extends Bus, Disposable {
  /** From what is in the store now, nothing that any node commits is left out. To be called before anybody listens who must not miss it. */
  follow(sockets: LocalSockets): Promise<void>
}

export interface NodeBusDeps {
  /** Within this process. */
  readonly local: Bus
  readonly exchange: Exchange
  readonly reader: RebuildReader
  readonly clock: Clock
  readonly timers: Timers
  readonly metrics: Pick<NodeMetrics, 'repaired'>
  /** Absent where commits are answered at once. */
  readonly ownCommits?: OwnCommits
  readonly onAway: (error: unknown) => void
}

const beat = seconds(1)
/** What changed in who may do what is in no feed: who holds something open on the strength of it is asked to look this often. */
const beatsUntilRecheck = 30

/**
 * Hints over a wire, repaired by following the feed (ADR 0033). One's own commits are told in this process at once, and to
 * the others over the wire; theirs are told here as they arrive. Whatever the wire lost is found in the feed.
 */
export function createNodeBus(deps: NodeBusDeps): NodeBus {
  const { local, exchange, reader, clock, timers } = deps
  const followed: { sockets: LocalSockets } = { sockets: { sessionsOf: () => [] } }
  const sockets: LocalSockets = { sessionsOf: (contactId) => followed.sockets.sessionsOf(contactId) }
  const watch = createAttachmentWatch({ reader, sockets })
  const tell = (batch: readonly Committed[]): void => {
    if (batch.length === 0) return
    watch.hear(batch)
    local.publish({ kind: 'committed', batch })
  }
  const follower = createFollower({ ownCommits: createOwnCommits(), ...deps, rebuild: createRebuild({ reader, sockets }), tell })
  let mayHaveMissed = false
  let beats = 0
  let stopBeating: (() => void) | undefined

  function hear(hint: Hint): void {
    if (hint.kind === 'committed') tell(follower.fresh(hint.batch))
    else local.publish(hint)
  }

  function onBeat(): void {
    beats += 1
    if (mayHaveMissed || beats % beatsUntilRecheck === 0) local.publish({ kind: 'access-changed' })
    mayHaveMissed = false
    watch.changes(clock.now()).then(tell, () => undefined)
    stopBeating = timers.after(beat, onBeat)
  }

  function miss(wait: number): void {
    mayHaveMissed = true
    follower.lookWithin(milliseconds(wait))
  }

  const stopHearing = exchange.subscribe({
    heard: (message) => {
      if (message.kind === 'hint') hear(message.hint)
      if (message.kind === 'wake') follower.expect(message.from, message.to)
    },
    missed: () => miss(100),
    up: () => miss(0),
  })

  return {
    subscribe: (listener) => local.subscribe(listener),
    publish(hint) {
      if (hint.kind === 'committed') {
        follower.own(hint.batch)
        watch.hear(hint.batch)
      }
      local.publish(hint)
      shout(exchange, hint)
    },
    async follow(those) {
      followed.sockets = those
      await follower.start()
      stopBeating ??= timers.after(beat, onBeat)
    },
    [Symbol.dispose]() {
      stopHearing()
      stopBeating?.()
      follower.stop()
    },
  }
}

/** What is too long, or too much for now, is told in a word: where it is in the feed. */
function shout(exchange: Exchange, hint: Hint): void {
  if (exchange.say({ kind: 'hint', hint }) === 'sent' || hint.kind !== 'committed') return
  const positions = hint.batch.flatMap(({ events }) => events.map(({ position }) => position))
  if (positions.length > 0) exchange.say({ kind: 'wake', from: Math.min(...positions), to: Math.max(...positions) })
}
