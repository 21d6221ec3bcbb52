import { milliseconds, type Timers } from '@beckon/core'
import type { Client } from 'pg'
import { createOutbox } from './outbox.ts'

/** Says what is put into it, in as few statements as can be. */
export interface Notifier {
  /** False when too much is waiting already. */
  send(channel: string, text: string): boolean
  /** Forgets what waits. */
  clear(): void
  /** Says what still waits, if it can be said. */
  finish(on: Client): Promise<void>
}

interface NotifierDeps {
  readonly timers: Timers
  readonly connection: () => Client | undefined
  readonly onFailed: (on: Client, error: unknown) => void
}

/** Every transaction that notifies takes one lock of the whole database server: the fewer, the better. */
const pause = milliseconds(20)

const notifyAll = 'SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS one(channel, payload, place) ORDER BY place'

/** What comes within 20 ms of the last statement goes out with the next. */
export function createNotifier({ timers, connection, onFailed }: NotifierDeps): Notifier {
  const outbox = createOutbox()
  let isBusy = false

  async function notify(on: Client): Promise<void> {
    const { channels, payloads } = outbox.take()
    if (payloads.length > 0) await on.query({ name: 'notify', text: notifyAll, values: [channels, payloads] })
  }

  function rest(): void {
    timers.after(pause, () => {
      isBusy = false
      if (!outbox.isEmpty()) notifySoon()
    })
  }

  function notifySoon(): void {
    const on = connection()
    if (isBusy || !on) return
    isBusy = true
    // The rest of this turn's batch goes along.
    timers.after(milliseconds(0), () => {
      notify(on).then(rest, (error: unknown) => {
        onFailed(on, error)
        rest()
      })
    })
  }

  return {
    send(channel, text) {
      if (!outbox.put(channel, text)) return false
      notifySoon()
      return true
    },
    clear: () => outbox.clear(),
    finish: (on) => notify(on).catch(() => undefined),
  }
}
