import { quoted } from '../../output/quoted.ts'
import type { CanonicalTwin } from './judge-call.ts'

/** The call by its documented name, ready to be pasted: with a token got on the spot, and without any secret of the line it came from. */
export function readyCurl({ row, method, path, body }: CanonicalTwin, server: string): string {
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(`${server}${path}`)}`,
    ...(row.auth === 'bearer' ? ['-H "Authorization: Bearer $(npx beckon token)"'] : []),
    ...(row.auth === 'client' ? ['-u "$BECKON_CLIENT_ID:$BECKON_CLIENT_SECRET"', '-d grant_type=client_credentials'] : []),
    ...(row.ifMatch === 'required' ? ['-H "If-Match: $ETAG"'] : []),
    ...(isEmpty(body) || row.consumes !== undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(withoutSecrets(body)))}`]),
  ]
  return lines.join(' \\\n  ')
}

function isEmpty(body: unknown): boolean {
  return typeof body !== 'object' || body === null || Object.keys(body).length === 0
}

const secretKeys = /secret|password|token|jwt|authorization/i

/** The same, with whatever opens a door left out. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, secretKeys.test(key) ? '…' : withoutSecrets(inner)]))
}
