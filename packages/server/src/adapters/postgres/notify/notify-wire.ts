import { milliseconds } from '@beckon/core'
import { Client, type Notification } from 'pg'
import { createWireState } from '../../wire/wire-state.ts'
import type { Wire, WireDeps } from '../../wire/wire.ts'
import { createNotifier } from './notifier.ts'
import { mostBytes, separator } from './outbox.ts'

interface NotifyWireDeps extends WireDeps {
  readonly url: string
}

const tryAgainAfter = milliseconds(500)
/** A connection that is only listened to does not notice that the other end has gone. */
const checkEvery = milliseconds(5000)

/**
 * LISTEN and NOTIFY on a connection of their own, outside of any transaction that writes: for a few nodes without NATS. A pooler
 * before PostgreSQL that hands out a connection for each transaction cannot carry this: notifications then come never, and
 * everything a second late.
 */
export function openNotifyWire(deps: NotifyWireDeps): Wire {
  const { node, installation, timers } = deps
  const state = createWireState({ ...deps, name: 'PostgreSQL' })
  const channel = `beckon_${installation}`
  const notifier = createNotifier({ timers, connection: () => client, onFailed: lose })
  let client: Client | undefined
  let isClosed = false
  let cancel: (() => void) | undefined

  function lose(lost: Client, because: unknown): void {
    if (client !== lost) return
    client = undefined
    notifier.clear()
    // A connection that hangs may never say that it has ended.
    lost.end().catch(() => undefined)
    if (isClosed) return
    state.wentDown(because)
    cancel?.()
    cancel = timers.after(tryAgainAfter, () => void open())
  }

  async function open(): Promise<void> {
    const fresh = newClient(deps.url)
    client = fresh
    fresh.on('error', (error) => lose(fresh, error))
    fresh.on('end', () => lose(fresh, new Error('the connection was closed')))
    fresh.on('notification', (notification) => textsOf(notification, fresh).forEach(state.heard))
    try {
      await fresh.connect()
      await fresh.query(`LISTEN "${channel}"; LISTEN "${channel}_${node}"`)
      if (client !== fresh) return
      state.cameUp()
      check(fresh)
    } catch (error) {
      lose(fresh, error)
    }
  }

  function check(checked: Client): void {
    if (client !== checked) return
    cancel = timers.after(checkEvery, () => {
      checked.query('SELECT 1').then(() => check(checked), (error: unknown) => lose(checked, error))
    })
  }

  void open()
  return {
    maxBytes: mostBytes,
    get isUp() {
      return state.isUp
    },
    send: (text, to) => state.isUp && notifier.send(to === undefined ? channel : `${channel}_${to}`, text),
    subscribe: state.subscribe,
    async [Symbol.asyncDispose]() {
      isClosed = true
      cancel?.()
      const last = client
      if (!last) return
      await notifier.finish(last)
      client = undefined
      await last.end().catch(() => undefined)
    },
  }
}

function newClient(url: string): Client {
  return new Client({ connectionString: url, application_name: 'beckon hints', keepAlive: true, connectionTimeoutMillis: 5000, query_timeout: 5000 })
}

/** What others have said: PostgreSQL tells a connection of its own notifications too. */
function textsOf({ payload = '', processId }: Notification, client: Client): readonly string[] {
  return processId === processOf(client) ? [] : payload.split(separator)
}

/** The server process behind a connection, which notifications name as their sender. */
function processOf(client: Client & { readonly processID?: number | null }): number | null | undefined {
  return client.processID
}
