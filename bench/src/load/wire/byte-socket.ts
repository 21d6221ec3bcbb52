import { once } from 'node:events'
import { connect } from 'node:net'

export interface ByteSocket {
  readonly send: (bytes: string | Uint8Array) => void
  readonly onBytes: (listener: (bytes: Buffer) => void) => void
  readonly drop: () => void
}

/** A bare TCP socket to `tcp://host:port`. An unexpected end is an error of the run. */
export async function openByteSocket(url: string): Promise<ByteSocket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  await once(socket, 'connect')
  let listener: (bytes: Buffer) => void = () => {}
  let isDropped = false
  socket.on('data', (bytes: Buffer) => { listener(bytes) })
  socket.on('error', () => {})
  socket.on('close', () => {
    if (!isDropped) throw new Error('the server closed a socket')
  })
  return {
    send: (bytes) => { socket.write(bytes) },
    onBytes: (next) => { listener = next },
    drop: () => {
      isDropped = true
      socket.destroy()
    },
  }
}
