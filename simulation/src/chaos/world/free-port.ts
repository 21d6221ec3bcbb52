import { once } from 'node:events'
import { createServer } from 'node:net'

const range = { first: 22_000, last: 22_999 }
let next = range.first + (process.pid % 900)

/** A port of this machine that is kept for the run: what was there comes back there. */
export async function aFreePort(): Promise<number> {
  while (next <= range.last) {
    // Taken before it is tried: others ask at the same time.
    const port = next++
    const probe = createServer().listen(port, '127.0.0.1')
    const isFree = await once(probe, 'listening').then(() => true, () => false)
    probe.close()
    if (isFree) return port
  }
  throw new Error(`no free port from ${range.first} to ${range.last}`)
}
