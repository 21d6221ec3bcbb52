import { seconds, type Clock, type ContactId, type Presence, type Timers } from '@beckon/core'
import type { NodeMetrics } from '../../observability/node-metrics.ts'
import type { Exchange } from './exchange.ts'
import type { NodeMessage } from './node-message.ts'
import { createOtherNodes } from './other-nodes.ts'
import { createOwnSockets } from './own-sockets.ts'

/** Presence over many nodes. */
export interface NodePresence extends Presence, Disposable {
  enter(contactId: ContactId): void
  leave(contactId: ContactId): void
  /** Tells the others that this node is here, and asks them whose sockets they have. */
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
 * Who is here, on every node: each tells the others whose sockets come and go and, every few seconds, that it lives, with
 * a sum over all its contacts. Who has another sum has missed something and asks for the whole list.
 */
export function createNodePresence({ exchange, clock, timers, metrics }: NodePresenceDeps): NodePresence {
  const own = createOwnSockets({ exchange, timers })
  const others = createOtherNodes({ clock, metrics })
  let stopBeating: (() => void) | undefined

  function hear(message: NodeMessage, from: string): void {
    if (message.kind === 'bye') return others.forget(from)
    const isNew = others.heardOf(from)
    if (message.kind === 'hello') own.tellAll(from)
    if (message.kind === 'sockets') others.take(from, message)
    if (message.kind === 'beat' && (isNew || !others.agrees(from, message))) exchange.say({ kind: 'hello' }, from)
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
    connections: (contactId) => own.connections(contactId) + others.connections(contactId),
    enter: (contactId) => own.change(contactId, 1),
    leave: (contactId) => own.change(contactId, -1),
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
