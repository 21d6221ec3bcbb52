import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

/**
 * A request's body, piece by piece as it is asked for. Whoever stops reading leaves the rest to the server, which takes it
 * in and forgets it, so that the sender gets to hear why.
 */
export async function* bytesOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) if (piece instanceof Uint8Array) yield piece
  } finally {
    request.resume()
  }
}

export function asReadable(bytes: AsyncIterable<Uint8Array>): Readable {
  return bytes instanceof Readable ? bytes : Readable.from(bytes, { objectMode: false })
}
