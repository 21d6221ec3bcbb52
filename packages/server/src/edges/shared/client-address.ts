import type { IncomingMessage } from 'node:http'
import proxyAddress from '@fastify/proxy-addr'

/** Where a request comes from. `X-Forwarded-For` counts as far as proxies that are trusted wrote it, as it does for HTTP requests. */
export function createClientAddress(trustProxy: boolean | readonly string[]): (request: IncomingMessage) => string {
  const isTrusted = typeof trustProxy === 'boolean' ? () => trustProxy : proxyAddress.compile([...trustProxy])
  return (request) => proxyAddress(request, isTrusted)
}
