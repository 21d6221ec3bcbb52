import type { Driver, Pair } from '../load/driver.ts'

/** One pair whose messages can be followed from one end to the other. */
export interface Exchange {
  /** Resolves when the sender knows that the message is durable and the receiver has it. */
  send(): Promise<Sent>
}

export interface Sent {
  readonly ackedAt: number
  readonly receivedAt: number
}

const TEXT_LENGTH = 100

export async function openExchanges(driver: Driver, count: number): Promise<readonly Exchange[]> {
  return Promise.all(Array.from({ length: count }, async (_, index) => follow(await driver.openPair(index))))
}

function follow(pair: Pair): Exchange {
  const arriving = new Map<string, (at: number) => void>()
  let sent = 0
  pair.onReceived((text) => {
    arriving.get(text)?.(performance.now())
    arriving.delete(text)
  })
  return {
    send: async () => {
      sent += 1
      const text = `message ${sent} `.padEnd(TEXT_LENGTH, '.')
      const received = new Promise<number>((resolve) => { arriving.set(text, resolve) })
      const acked = pair.send(text).then(() => performance.now())
      const [ackedAt, receivedAt] = await Promise.all([acked, received])
      return { ackedAt, receivedAt }
    },
  }
}
