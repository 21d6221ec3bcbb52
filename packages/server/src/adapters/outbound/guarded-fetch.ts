import { lookup as resolveName } from 'node:dns'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPrivateAddress } from './private-address.ts'

export interface OutboundRequest {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface OutboundAnswer {
  /** Redirects are answers like any other: nobody is followed to a place that nobody named. */
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

/** Rejects with `OutboundRefused` before anything is sent, or with what the network says. */
export type GuardedFetch = (request: OutboundRequest) => Promise<OutboundAnswer>

export interface Guard {
  /** Addresses of this machine and its network may be called, and without TLS. */
  readonly allowPrivate: boolean
  /** From the first step to the last byte. */
  readonly timeoutMs?: number
  readonly mostBytes?: number
}

/** The address that was named is not one that this server calls. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused'
}

/**
 * The one way out: whatever this server asks of another because somebody named its address goes through here. A name is
 * judged by the address that is really called, so that it cannot mean one machine when it is judged and another after.
 */
export function createGuardedFetch({ allowPrivate, timeoutMs = 10_000, mostBytes = 1_048_576 }: Guard): GuardedFetch {
  return async ({ url: address, method = 'GET', headers = {}, body }) => {
    const url = judge(address, allowPrivate)
    const options: RequestOptions = {
      method,
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json', 'user-agent': 'beckon', ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
      ...(allowPrivate ? {} : { lookup: lookUpPublic }),
    }
    return exchange(url, options, { body, mostBytes })
  }
}

function judge(address: string, allowPrivate: boolean): URL {
  const url = URL.parse(address)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new OutboundRefused(`${address} is not an http or https address`)
  if (url.username !== '' || url.password !== '') throw new OutboundRefused('an address with credentials in it is not called')
  if (allowPrivate) return url
  if (url.protocol !== 'https:') throw new OutboundRefused(`${url.origin} would be called without TLS`)
  // Node asks nobody for the address of what is one already.
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw new OutboundRefused(`${host} is not a public address`)
  return url
}

const lookUpPublic: LookupFunction = (hostname, options, done) => {
  resolveName(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, [])
    const hidden = found.find(({ address }) => isPrivateAddress(address))
    if (hidden) return done(new OutboundRefused(`${hostname} leads to ${hidden.address}, which is not a public address`), [])
    const [first] = found
    return options.all || !first ? done(null, found) : done(null, first.address, first.family)
  })
}

interface Sent {
  readonly body: string | undefined
  readonly mostBytes: number
}

function exchange(url: URL, options: RequestOptions, { body, mostBytes }: Sent): Promise<OutboundAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<OutboundAnswer>()
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const sent = send(url, options, (answer) => {
    collect(answer, mostBytes).then((text) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }), reject)
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}

async function collect(answer: IncomingMessage, mostBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of answer) {
    if (!Buffer.isBuffer(part)) continue
    bytes += part.length
    if (bytes > mostBytes) {
      answer.destroy()
      throw new Error(`the answer is larger than ${mostBytes} bytes`)
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
