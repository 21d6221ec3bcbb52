import { join } from 'node:path'
import { startServer } from '../server-process.ts'
import { startEjabberd, type EjabberdArchive } from '../services/ejabberd.ts'
import { startMosquitto, type MosquittoKeeping } from '../services/mosquitto.ts'
import { startNats } from '../services/nats.ts'
import type { System } from './system.ts'

/** Systems that relay and store, and know nothing else of what Beckon does. */

const OURS = join(import.meta.dirname, '..', 'peers')

export const relays = [
  ours('floor', 'ws + SQLite group commit (floor)', 'floor.ts'),
  ours('socket-io', 'socket.io + SQLite, naive', 'naive-socket-io.ts'),
  ours('empty-post', 'Fastify, empty POST', 'empty-post.ts'),
  mosquitto('mosquitto', 'Mosquitto, QoS 1', 'in-memory'),
  mosquitto('mosquitto-persistent', 'Mosquitto, QoS 1, persistence', 'saves-at-times'),
  mosquitto('mosquitto-autosave', 'Mosquitto, QoS 1, saved each change', 'saves-each-change'),
  jetStream('jetstream', 'NATS JetStream, file storage'),
  ejabberd('ejabberd', 'ejabberd, no archive', 'none'),
  ejabberd('ejabberd-mnesia', 'ejabberd, archive in Mnesia', 'mnesia'),
  ejabberd('ejabberd-sqlite', 'ejabberd, archive in SQLite', 'sqlite'),
] as const

function ours<const Name extends 'floor' | 'socket-io' | 'empty-post'>(name: Name, label: string, file: string): System<Name> {
  return {
    name, label,
    start: async (folder) => {
      const server = await startServer(join(OURS, file), [folder], {})
      const { url, pid, startMillis } = server
      return { target: { kind: name, url, processes: [{ part: 'node', pid }] }, startMillis, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
    },
  }
}

function mosquitto<const Name extends string>(name: Name, label: string, keeping: MosquittoKeeping): System<Name> {
  return service(name, label, { kind: 'mqtt', start: (folder) => startMosquitto(folder, keeping) })
}

function jetStream<const Name extends string>(name: Name, label: string): System<Name> {
  return service(name, label, { kind: 'jetstream', start: async (folder) => {
    const nats = await startNats(folder, true)
    return { ...nats, url: `tcp://127.0.0.1:${nats.port}` }
  } })
}

function ejabberd<const Name extends string>(name: Name, label: string, archive: EjabberdArchive): System<Name> {
  return service(name, label, { kind: 'xmpp', start: (folder) => startEjabberd(folder, archive) })
}

interface Service {
  readonly kind: 'mqtt' | 'jetstream' | 'xmpp'
  start(folder: string): Promise<AsyncDisposable & { readonly url: string; readonly pid: number }>
}

function service<const Name extends string>(name: Name, label: string, { kind, start }: Service): System<Name> {
  return {
    name, label,
    start: async (folder) => {
      const startedAt = performance.now()
      const server = await start(folder)
      const { url, pid } = server
      const startMillis = performance.now() - startedAt
      return { target: { kind, url, processes: [{ part: 'node', pid }] }, startMillis, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
    },
  }
}
