import type { Settings } from '../config/settings.ts'
import type { Log } from '../observability/log.ts'
import type { Edges } from './edges.ts'

/**
 * Stops taking callers and lets those who are being served finish. Guests' sockets are dropped, not closed: their clients
 * come back from the one and stay away after the other (guest-protocol 1.5).
 */
export async function drain(edges: Edges, { drainSeconds }: Pick<Settings, 'drainSeconds'>, log: Log): Promise<void> {
  const { app, guests } = edges
  edges.beginDraining()
  log.info({ sockets: guests?.connections ?? 0 }, 'draining')
  guests?.drain()
  const cutOff = setTimeout(() => app.server.closeAllConnections(), drainSeconds * 1000)
  await app.close()
  clearTimeout(cutOff)
}
