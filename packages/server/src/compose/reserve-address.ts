import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Settings } from '../config/settings.ts'

export interface ReservedAddress {
  readonly host: string
  readonly port: number
  /** How this machine reaches it, without a slash at the end. */
  readonly url: string
  /** Frees the port for the server that takes it over; once is enough. */
  readonly release: () => Promise<void>
}

/**
 * Holds the port before anything is built on it, because links and problem types name the address: with port 0 it would
 * not be known otherwise until after the edges are made. A port that is taken is found out here too, before the store's
 * first write.
 */
export async function reserveAddress({ host, port, tlsKey }: Pick<Settings, 'host' | 'port' | 'tlsKey'>): Promise<ReservedAddress> {
  const holder = createServer((socket) => socket.destroy())
  holder.listen({ host, port })
  await once(holder, 'listening')
  const bound = holder.address()
  const taken = typeof bound === 'object' && bound !== null ? bound.port : port
  return {
    host,
    port: taken,
    url: `${tlsKey === undefined ? 'http' : 'https'}://${reachable(host)}:${taken}`,
    async release() {
      if (!holder.listening) return
      holder.close()
      await once(holder, 'close')
    },
  }
}

/** A wildcard address is listened on, not called. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
