import { milliseconds, seconds, type Bus, type Clock, type Committed, type Hint, type Timers } from '@beckon/core'
import type { NodeMetrics } from '../../observability/node-metrics.ts'
import { createAttachmentWatch } from './attachment-watch.ts'
import { readHashes } from './audience.ts'
import type { Exchange } from './exchange.ts'
import { createFollower, type Follower } from './follower.ts'
import type { NodePresence } from './node-presence.ts'
import type { OwnCommits } from './own-commits.ts'
import type { NodeMessage } from './node-message.ts'
import { createRebuild, type LocalSockets, type RebuildReader } from './rebuild.ts'
import { say } from './say.ts'

/** A bus of many nodes. What it tells of the others comes at once over the wire, or else from the store. */
export interface NodeBus extends Bus, Disposable {
  /** From what is in the store now, nothing that any node commits is left out. To be called before anybody listens who must not miss it. */
  follow(sockets: LocalSockets): Promise<void>
}

export interface NodeBusDeps {
  /** Within this process. */
  readonly local: Bus
  readonly exchange: Exchange
  readonly presence: Pick<NodePresence, 'attend' | 'concernsOneOf' | 'socketsHere' | 'others'>
  readonly reader: RebuildReader
  readonly clock: Clock
  readonly timers: Timers
  readonly metrics: Pick<NodeMetrics, 'repaired'>
  readonly ownCommits: OwnCommits
  readonly onAway: (error: unknown) => void
}

const beat = seconds(1)
/** What changed in who may do what is in no feed: who holds something open on the strength of it is asked to look this often. */
const beatsUntilRecheck = 30

/**
 * Hints over a wire, repaired by following the feed (ADR 0033). One's own commits are told in this process at once, and over the
 * wire to those of the others whom they concern; theirs are told here as they arrive. Whatever the wire lost is found in the feed.
 */
export function createNodeBus(deps: NodeBusDeps): NodeBus {
  const { local, exchange, presence, reader, clock, timers } = deps
  const followed: { sockets: LocalSockets } = { sockets: { sessionsOf: () => [] } }
  const sockets: LocalSockets = { sessionsOf: (contactId) => followed.sockets.sessionsOf(contactId) }
  const watch = createAttachmentWatch({ reader, sockets })
  const tell = (batch: readonly Committed[]): void => publish({ kind: 'committed', batch })
  const publish = (hint: Extract<Hint, { kind: 'committed' }>): void => {
    if (hint.batch.length === 0 && hint.span === undefined) return
    watch.hear(hint.batch)
    local.publish(hint)
  }
  const follower = createFollower({ ...deps, rebuild: createRebuild({ reader, sockets }), tell })
  const hear = createHear({ local, presence, follower, publish })
  let mayHaveMissed = false
  let beats = 0
  let stopBeating: (() => void) | undefined

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
      if (message.kind === 'hint') hear(message)
      if (message.kind === 'wake') follower.expect(message)
    },
    missed: () => miss(100),
    up: () => miss(0),
  })

  return {
    subscribe: (listener) => local.subscribe(listener),
    attend: (to) => presence.attend(to),
    publish(hint) {
      if (hint.kind === 'committed') {
        follower.own(hint.batch)
        watch.hear(hint.batch)
      }
      local.publish(hint)
      say(exchange, presence, hint)
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

interface HearDeps extends Pick<NodeBusDeps, 'local' | 'presence'> {
  readonly follower: Follower
  readonly publish: (hint: Extract<Hint, { kind: 'committed' }>) => void
}

/** What another node says was done. What is said too sparely for somebody who came after that node had looked is read instead. */
function createHear({ local, presence, follower, publish }: HearDeps) {
  return (message: Extract<NodeMessage, { kind: 'hint' }>): void => {
    const { hint } = message
    if (hint.kind !== 'committed') return local.publish(hint)
    const { batch, span } = hint
    if (span && isTooSpare(message, batch, presence)) {
      publish({ kind: 'committed', batch: batch.filter(({ events }) => events.length === 0) })
      return follower.expect(span)
    }
    const fresh = follower.fresh(batch)
    if (span) follower.skip(span)
    // What was told before may not have reached everybody here yet, so it is not to be passed over.
    const isAllNew = countEvents(fresh) === countEvents(batch)
    publish({ kind: 'committed', batch: fresh, ...(span && isAllNew ? { span } : {}) })
  }
}

function isTooSpare({ without, isBare }: Extract<NodeMessage, { kind: 'hint' }>, batch: readonly Committed[], presence: HearDeps['presence']): boolean {
  if (without !== undefined && presence.concernsOneOf(readHashes(without))) return true
  return isBare === true && batch.some(({ contactId, conversations }) => contactId !== undefined && conversations.length === 0 && presence.socketsHere(contactId) > 0)
}

function countEvents(batch: readonly Committed[]): number {
  return batch.reduce((count, { events }) => count + events.length, 0)
}
