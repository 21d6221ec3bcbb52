import { seconds, type Attention, type Clock, type ContactId, type Presence, type Timers } from '@beckon/core'
import type { NodeMetrics } from '../../observability/node-metrics.ts'
import { nameOfAttention } from './audience.ts'
import type { Exchange } from './exchange.ts'
import type { NodeMessage } from './node-message.ts'
import { createOtherNodes, type OtherNode } from './other-nodes.ts'
import { createOwnRoll } from './own-roll.ts'

/** Who is where over many nodes, and who is to hear of what. */
export interface NodePresence extends Presence, Disposable {
  enter(contactId: ContactId): void
  leave(contactId: ContactId): void
  /** Somebody here wants to hear of it, until the returned function is called. */
  attend(to: Attention): () => void
  /** Whether somebody here is to hear of one of these contacts and conversations, known by their hashes, or attends to everything. */
  concernsOneOf(hashes: readonly number[]): boolean
  /** Sockets of the contact on this node. */
  socketsHere(contactId: ContactId): number
  others(): Iterable<OtherNode>
  /** Tells the others that this node is here, and asks them for their rolls. */
  start(): void
}

interface NodePresenceDeps {
  readonly exchange: Exchange
  readonly clock: Clock
  readonly timers: Timers
  readonly metrics: Pick<NodeMetrics, 'others'>
}

/** Three of them go into the lease of a node, so that two may be lost. */
const beatEvery = seconds(3)

/**
 * Who is here, on every node: each tells the others whose sockets come and go, what is attended to, and every few seconds that it
 * lives, with a sum over all of it. Who has another sum has missed something and asks for the whole roll.
 */
export function createNodePresence({ exchange, clock, timers, metrics }: NodePresenceDeps): NodePresence {
  const own = createOwnRoll({ exchange, timers })
  const others = createOtherNodes({ clock, metrics })
  let stopBeating: (() => void) | undefined

  function hear(message: NodeMessage, from: string): void {
    if (message.kind === 'bye') return others.forget(from)
    const isNew = others.heardOf(from)
    if (message.kind === 'hello') own.tellAll(from)
    if (message.kind === 'roll') others.take(from, message)
    if (message.kind === 'beat' && (isNew || !others.agrees(from, message))) exchange.say({ kind: 'hello' }, [from])
  }

  function greet(): void {
    exchange.say({ kind: 'hello' })
    own.tellBeat()
  }

  function beat(): void {
    own.tellBeat()
    others.forgetSilent()
    stopBeating = timers.after(beatEvery, beat)
  }

  const stopHearing = exchange.subscribe({ heard: hear, up: greet })
  return {
    connections: (contactId) => own.get(contactId) + others.connections(contactId),
    enter: (contactId) => own.change(contactId, 1),
    leave: (contactId) => own.change(contactId, -1),
    attend(to) {
      const name = nameOfAttention(to)
      own.change(name, 1)
      let isOver = false
      return () => {
        if (!isOver) own.change(name, -1)
        isOver = true
      }
    },
    concernsOneOf: (hashes) => own.concernsOneOf(hashes),
    socketsHere: (contactId) => own.get(contactId),
    others: () => others.all(),
    start() {
      greet()
      stopBeating ??= timers.after(beatEvery, beat)
    },
    [Symbol.dispose]() {
      stopHearing()
      own.stop()
      stopBeating?.()
      exchange.say({ kind: 'bye' })
    },
  }
}
