import { createUseCases, StoreUnavailable, type Bus, type Clock, type DeploymentId, type Secrets, type Store, type Timers } from '@beckon/core'
import { createFakeIdentityProvider, createMemoryAttachmentFiles, createSignatureProbe } from '@beckon/core/testing'
import {
  createEventFeed, createExchange, createGuestSockets, createIdSource, createLocalBus, createNodeBus, createNodePresence, createOwnCommits, createWorker, watchCommits,
  type EventFeed, type GuestSocket, type Wire,
} from '@beckon/server/parts'
import type { CommitMoment } from '../plan/step.ts'
import type { Plant, PlantedNode } from '../plants/plant.ts'
import { createApi, type Api } from './api.ts'
import type { Chance } from './chance.ts'
import type { Engine } from './engine.ts'
import type { Life } from './life.ts'
import { createNodeStore } from './node-store.ts'
import type { Recorder } from './recorder.ts'

export interface NodeGiven {
  readonly name: string
  readonly life: Life
  readonly chance: Chance
  readonly engine: Engine
  readonly secrets: Secrets
  readonly recorder: Recorder
  readonly wire: Wire
  readonly clock: Clock
  readonly plant: Plant
  readonly deploymentId: DeploymentId
  readonly onCommit: (moment: CommitMoment) => void
}

/** A server as those outside see it. */
export interface Node {
  readonly name: string
  readonly life: Life
  readonly store: Store
  readonly api: Api
  readonly feed: EventFeed
  readonly timers: Timers
  /** False when it takes no sockets, or cannot tell. */
  accept(socket: GuestSocket): Promise<boolean>
  /** Lets go of everybody, as before a stop. */
  drain(): void
  readonly isDraining: boolean
}

/** The parts of the server, put together as the product does it; only what it stands on is not of this world. */
export async function createNode(given: NodeGiven): Promise<Node> {
  const { name, life, chance, engine, secrets, recorder, clock, plant } = given
  const planted: PlantedNode = { life, chance, clock }
  const timers: Timers = { after: (wait, ring) => life.after(wait, ring) }
  const ids = createIdSource(clock, (buffer) => chance.fill(buffer))
  const onError = (error: unknown): void => (error instanceof StoreUnavailable ? undefined : recorder.add({ kind: 'broke', node: name, error: String(error) }))
  const plain = createNodeStore({
    engine, life, chance,
    onCommit: given.onCommit,
    onDurable: (told) => {
      const entryIds = told.flatMap(({ entries }) => entries.map(({ entry }) => entry.id))
      if (entryIds.length > 0) recorder.add({ kind: 'durable', node: name, entryIds })
    },
  })
  const ownCommits = createOwnCommits()
  const store = watchCommits(plant.store?.(plain, planted) ?? plain, ownCommits)
  const exchange = createExchange({ wire: given.wire, node: name, metrics: silent })
  const presence = createNodePresence({ exchange, clock, timers, metrics: silent })
  const nodeBus = createNodeBus({
    local: createLocalBus({ onListenerError: onError }),
    exchange, presence, ownCommits, clock, timers, metrics: silent,
    reader: plant.followed?.(store, planted) ?? store,
    onAway: () => undefined,
  })
  const bus: Bus = plant.bus?.(nodeBus, planted) ?? nodeBus
  store.onCommitted((batch) => nodeBus.publish({ kind: 'committed', batch }))
  const useCases = createUseCases({ store, clock, ids, secrets, presence, files: createMemoryAttachmentFiles(), probe: createSignatureProbe(), identityProvider: createFakeIdentityProvider() })
  const sockets = createGuestSockets({ useCases, reader: store, clock, secrets, bus, presence, timers, publicUrl: () => 'https://chat.example', clientAddress: () => 'nearby', onError })
  await nodeBus.follow(sockets)
  presence.start()
  const stopped = new AbortController()
  const worker = createWorker({ store, keepAppointment: useCases.keepAppointment, clock, timers, bus, log: { warn: () => undefined, error: (facts) => onError('err' in facts ? facts.err : facts) } })
  worker.run(stopped.signal).catch(onError)
  return {
    name, life, store, timers,
    feed: createEventFeed({ reader: store, bus, timers, renderFrame: () => '' }),
    api: createApi({ useCases, reader: store, presence, secrets }),
    accept: async (socket) => {
      const deployment = await store.deployment(given.deploymentId)
      if (!deployment || sockets.isDraining) return false
      sockets.accept(socket, deployment)
      return true
    },
    get isDraining() {
      return sockets.isDraining
    },
    drain() {
      stopped.abort()
      sockets.drain()
    },
  }
}

const silent = { said: () => undefined, heard: () => undefined, repaired: () => undefined, others: () => undefined }
