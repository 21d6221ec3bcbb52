import { createUseCases, milliseconds, seconds, type Bus, type Committed, type ContactId, type Hint, type SessionId, type Store, type UseCases } from '@beckon/core'
import {
  createFakeClock, createFakeIdentityProvider, createFakeTimers, createMemoryAttachmentFiles, createMemoryPresence, createMemoryStore,
  createPlainSecrets, createSequenceIds, createSignatureProbe, type FakeClock, type FakeTimers, type MemoryStore,
} from '@beckon/core/testing'
import type { NodeMetrics } from '../../../observability/node-metrics.ts'
import { createLocalBus } from '../../local-bus/local-bus.ts'
import { createExchange } from '../exchange.ts'
import { createNodeBus, type NodeBus } from '../node-bus.ts'
import { createNodePresence, type NodePresence } from '../node-presence.ts'
import { createOwnCommits, watchCommits, type OwnCommits } from '../own-commits.ts'
import type { RebuildReader } from '../rebuild.ts'
import { createWireHub, type TestWire, type WireHub } from './wire-hub.ts'

/** One store, and several nodes on it that hear each other over wires that tests have in hand. */
export interface SomeNodes {
  readonly clock: FakeClock
  readonly timers: FakeTimers
  readonly store: MemoryStore
  readonly hub: WireHub
  readonly nodes: readonly TestNode[]
  /** How many of the last places the store shows nobody yet, as it does while an older transaction is under way. */
  hidden: number
  /** Lets time pass, and everything happen that waits for it. */
  pass(milliseconds: number): Promise<void>
}

export interface TestNode {
  readonly name: string
  readonly wire: TestWire
  readonly bus: NodeBus
  readonly ownCommits: OwnCommits
  readonly presence: NodePresence
  readonly useCases: UseCases
  /** What listeners of this node were told. */
  readonly heard: readonly Hint[]
  readonly counted: Counted
  /** A socket of this session is here. */
  attach(contactId: ContactId, sessionId: SessionId): void
  /** Every decision that its listeners were told of. */
  told(): readonly Committed[]
}

export interface Counted {
  reads: number
  repaired: number
  others: number
  readonly ignored: string[]
}

export async function someNodes(names: readonly string[], { maxBytes }: { readonly maxBytes?: number } = {}): Promise<SomeNodes> {
  const clock = createFakeClock()
  const timers = createFakeTimers(clock)
  const store = createMemoryStore({ clock })
  const hub = createWireHub(timers)
  const given = { clock, timers, store, hub, ids: createSequenceIds(), secrets: createPlainSecrets() }
  const world = { hidden: 0, shown: 0 }
  const horizon = async (): Promise<number> => (world.shown = Math.max(world.shown, (await store.lastPosition()) - world.hidden))
  const nodes = names.map((name) => createTestNode({ ...given, horizon }, name, maxBytes))
  for (const node of nodes) await node.begin()
  return {
    ...given, nodes,
    get hidden() {
      return world.hidden
    },
    set hidden(places) {
      world.hidden = places
    },
    async pass(time) {
      for (let left = time; left > 0; left -= step) {
        clock.advance(milliseconds(Math.min(step, left)))
        await everythingElse()
      }
    },
  }
}

const step = 10

/** What waits for nothing but its turn. */
async function everythingElse(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

interface Given extends Pick<SomeNodes, 'clock' | 'timers' | 'store' | 'hub'> {
  readonly ids: ReturnType<typeof createSequenceIds>
  readonly secrets: ReturnType<typeof createPlainSecrets>
  readonly horizon: () => Promise<number>
}

function createTestNode({ clock, timers, store, hub, ids, secrets, horizon }: Given, name: string, maxBytes?: number): TestNode & { begin(): Promise<void> } {
  const wire = hub.join(name, maxBytes)
  const counted: Counted = { reads: 0, repaired: 0, others: 0, ignored: [] }
  const metrics = countIn(counted)
  const exchange = createExchange({ wire, node: name, metrics })
  const reader = upTo(horizon, store, counted)
  const ownCommits = createOwnCommits()
  const presence = createNodePresence({ exchange, clock, timers, metrics })
  const bus = createNodeBus({ ownCommits, local: createLocalBus({ onListenerError: () => undefined }), exchange, presence, reader, clock, timers, metrics, onAway: () => undefined })
  const heard: Hint[] = []
  const sessions = new Map<ContactId, SessionId[]>()
  bus.subscribe((hint) => heard.push(hint))
  const useCases = createUseCases({
    store: tellingOn(store, ownCommits, bus), clock, ids, secrets, presence: createMemoryPresence(),
    files: createMemoryAttachmentFiles(), probe: createSignatureProbe(), identityProvider: createFakeIdentityProvider(),
  })
  return {
    name, wire, bus, ownCommits, presence, useCases, heard, counted,
    attach(contactId, sessionId) {
      presence.enter(contactId)
      sessions.set(contactId, [...(sessions.get(contactId) ?? []), sessionId])
    },
    told: () => heard.flatMap((hint) => (hint.kind === 'committed' ? hint.batch : [])),
    async begin() {
      await bus.follow({ sessionsOf: (contactId) => sessions.get(contactId) ?? [] })
      presence.start()
    },
  }
}

/** What this node commits is told on its bus, and the store's other commits are not. */
function tellingOn(store: MemoryStore, ownCommits: OwnCommits, bus: Bus): Store {
  const watched = watchCommits(store, ownCommits)
  return {
    ...watched,
    async transact(work) {
      const batches: (readonly Committed[])[] = []
      const stop = store.onCommitted((batch) => batches.push(batch))
      try {
        return await watched.transact(work)
      } finally {
        stop()
        for (const batch of batches) bus.publish({ kind: 'committed', batch })
      }
    },
  }
}

function upTo(horizon: Given['horizon'], store: MemoryStore, counted: Counted): RebuildReader {
  return {
    ...store,
    lastPosition: horizon,
    async events(position, limit, filter) {
      counted.reads += 1
      const last = await horizon()
      const { events } = await store.events(position, limit, filter)
      const shown = events.filter(({ event }) => event.position <= last)
      return { events: shown, through: shown.at(-1)?.event.position ?? position }
    },
  }
}

function countIn(counted: Counted): NodeMetrics {
  return {
    wireUp: () => undefined,
    said: () => undefined,
    heard: (outcome) => void (outcome === 'taken' ? undefined : counted.ignored.push(outcome)),
    repaired: (events) => void (counted.repaired += events),
    others: (count) => void (counted.others = count),
    clockAhead: () => undefined,
  }
}

/** Longer than the longest that a lost hint costs. */
export const longEnough = seconds(5)
