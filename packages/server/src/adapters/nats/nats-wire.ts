import { milliseconds } from '@beckon/core'
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node'
import { createWireState } from '../wire/wire-state.ts'
import type { Wire, WireDeps } from '../wire/wire.ts'

interface NatsWireDeps extends WireDeps {
  /** One server or several of a cluster, separated by commas: `nats://user:password@host:4222,nats://other:4222`. */
  readonly url: string
}

const tryAgainAfter = milliseconds(500)
/** What the client may hold for a server that does not take it. Beyond it hints are dropped rather than kept. */
const mostUnsent = 8 * 1024 * 1024
/** Before the server has said. */
const defaultMaxBytes = 1024 * 1024

/** Two missed answers, and the server is taken for gone: a hanging one would hold back every hint. */
const health = { pingInterval: 2000, maxPingOut: 2 } as const

/**
 * Core NATS: what is published reaches whoever is connected at that moment, and nothing is kept. A server that is away keeps
 * nobody from starting or working; connecting is tried for ever.
 */
export function openNatsWire(deps: NatsWireDeps): Wire {
  const { node, installation, timers } = deps
  const state = createWireState({ ...deps, name: 'NATS' })
  const prefix = `beckon.${installation}`
  const options = optionsOf(deps.url, node)
  let line: Line | undefined
  let isClosed = false
  let cancel: (() => void) | undefined

  async function open(): Promise<void> {
    try {
      const connection = await connect(options)
      if (isClosed) return await connection.close()
      await use(connection)
    } catch (error) {
      line = undefined
      if (isClosed) return
      state.wentDown(error)
      cancel = timers.after(tryAgainAfter, () => void open())
    }
  }

  /** Rejects when the connection is lost. */
  async function use(connection: NatsConnection): Promise<never> {
    const mine = createLine(connection)
    line = mine
    const lost = untilLost(connection)
    for (const subject of [`${prefix}.all`, `${prefix}.node.${node}`]) {
      connection.subscribe(subject, { callback: (error, message) => (error || line !== mine ? undefined : state.heard(message.string())) })
    }
    // The server knows of the subscriptions before anybody is told that nothing is missed from now on.
    await Promise.race([connection.flush(), lost])
    state.cameUp()
    return await lost
  }

  void open()
  return {
    get isUp() {
      return state.isUp
    },
    get maxBytes() {
      return line?.maxBytes() ?? defaultMaxBytes
    },
    send: (text, to) => state.isUp && line !== undefined && line.send(to === undefined ? `${prefix}.all` : `${prefix}.node.${to}`, text),
    subscribe: state.subscribe,
    async [Symbol.asyncDispose]() {
      isClosed = true
      cancel?.()
      await line?.close()
    },
  }
}

interface Line {
  maxBytes(): number
  send(subject: string, text: string): boolean
  close(): Promise<void>
}

function createLine(connection: NatsConnection): Line {
  let unsent = 0
  let isFlushing = false

  /** The answer to a ping says that everything before it has arrived. */
  function flush(): void {
    if (isFlushing) return
    isFlushing = true
    const sent = unsent
    const done = (): void => {
      isFlushing = false
      unsent -= sent
    }
    connection.flush().then(done, done)
  }

  return {
    maxBytes: () => connection.info?.max_payload ?? defaultMaxBytes,
    send(subject, text) {
      if (unsent + text.length > mostUnsent) return false
      try {
        connection.publish(subject, text)
      } catch {
        return false
      }
      unsent += text.length
      if (unsent > mostUnsent / 16) flush()
      return true
    },
    async close() {
      // The last word, that this node is leaving, should still go out; a server that hangs must not hold up the end.
      if (!connection.isClosed()) await connection.close().catch(() => undefined)
    },
  }
}

/**
 * Rejects when the server is gone or does not answer. The client is kept from connecting again by itself: it would first
 * wait for a server that hangs to take what is still unsent.
 */
async function untilLost(connection: NatsConnection): Promise<never> {
  for await (const { type } of connection.status()) {
    if (type !== 'staleConnection' && type !== 'disconnect' && type !== 'close') continue
    connection.close().catch(() => undefined)
    throw new Error(type === 'staleConnection' ? 'the server does not answer' : 'the connection was lost')
  }
  throw (await connection.closed()) ?? new Error('the connection was closed')
}

/** The user and password, or the token alone, stand in the first address; `tls://` asks for TLS. */
function optionsOf(text: string, node: string): ConnectionOptions {
  const urls = text.split(',').map((one) => new URL(one.trim()))
  const [first] = urls
  const user = decodeURIComponent(first?.username ?? '')
  const pass = decodeURIComponent(first?.password ?? '')
  return {
    servers: urls.map(({ host }) => host),
    name: `beckon ${node}`,
    ...(pass === '' ? (user === '' ? {} : { token: user }) : { user, pass }),
    ...(urls.some(({ protocol }) => protocol === 'tls:') ? { tls: {} } : {}),
    noEcho: true,
    timeout: 5000,
    reconnect: false,
    ...health,
  }
}
