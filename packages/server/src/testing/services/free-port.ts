import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port of the loopback that was free a moment ago, for programs that cannot be told to take any. */
export async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  holder.close()
  await once(holder, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
