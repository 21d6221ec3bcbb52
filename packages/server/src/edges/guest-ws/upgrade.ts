import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { allowsOrigin, toId, type Clock, type Deployment, type Reader } from '@beckon/core'
import { createBoundedMap } from '../shared/bounded-map.ts'
import { createBucket, takeFrom, type Bucket } from './bucket.ts'

export interface UpgradeDeps {
  readonly reader: Reader
  readonly clock: Clock
  readonly isDraining: () => boolean
  readonly clientAddress: (request: IncomingMessage) => string
}

/** More addresses than connect within a minute. */
const mostAddresses = 50_000

export interface UpgradeRefusal {
  readonly status: 403 | 404 | 429 | 503
  readonly reason: string
}

/**
 * May this request become a guest's socket? 403 tells guest clients "never" and 429 and 503 "later": some stop for good
 * at the first, and try again after the others (guest-protocol 1.3).
 */
export function createJudgeUpgrade({ reader, clock, isDraining, clientAddress }: UpgradeDeps) {
  const rates = createBoundedMap<string, Bucket>(mostAddresses)
  return async (request: IncomingMessage): Promise<Deployment | UpgradeRefusal> => {
    if (isDraining()) return { status: 503, reason: 'The server is going away: connect again.' }
    const id = new URL(request.url ?? '/', 'http://localhost').searchParams.get('deploymentId')
    const deployment = id === null ? undefined : await reader.deployment(toId(id))
    if (deployment?.status !== 'active') return { status: 403, reason: 'Deployment not found' }
    if (!allowsOrigin(deployment, request.headers.origin, request.headers.host)) {
      return { status: 403, reason: `Pages of ${request.headers.origin ?? ''} may not use this deployment: add the host to its allowedDomains.` }
    }
    const { connectionsPerMinute } = deployment.limits
    // By address, so that a stranger who opens sockets without end keeps nobody else out.
    const key = `${clientAddress(request)} ${deployment.id} ${String(connectionsPerMinute)}`
    const rate = rates.get(key) ?? createBucket({ burst: connectionsPerMinute, perSecond: connectionsPerMinute / 60 })
    rates.set(key, rate)
    return takeFrom(rate, clock.now()) > 0 ? { status: 429, reason: 'Too many connections from your address: try again in a moment.' } : deployment
  }
}

export function refuseUpgrade(socket: Duplex, { status, reason }: UpgradeRefusal): void {
  const phrase = { 403: 'Forbidden', 404: 'Not Found', 429: 'Too Many Requests', 503: 'Service Unavailable' }[status]
  const retry = status < 429 ? '' : 'Retry-After: 1\r\n'
  const length = String(Buffer.byteLength(reason))
  socket.end(`HTTP/1.1 ${String(status)} ${phrase}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${length}\r\n${retry}Connection: close\r\n\r\n${reason}`)
}
