import type { Agent } from 'node:http'
import { request } from 'node:http'

export interface PostOnce {
  readonly url: string
  readonly agent: Agent
  readonly accessToken: string
  readonly idempotencyKey: string
  readonly body: string
}

/** Resolves with the status of the answer; undefined where there is none: nobody listens, or the connection ends before it. */
export function postOnce({ url, agent, accessToken, idempotencyKey, body }: PostOnce): Promise<number | undefined> {
  return new Promise((resolve) => {
    const outgoing = request(url, {
      method: 'POST', agent,
      headers: { 'authorization': `Bearer ${accessToken}`, 'idempotency-key': idempotencyKey, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    })
    outgoing.on('response', (incoming) => {
      incoming.resume()
      incoming.on('end', () => { resolve(incoming.statusCode) })
      incoming.on('error', () => { resolve(undefined) })
    })
    outgoing.on('error', () => { resolve(undefined) })
    outgoing.end(body)
  })
}
