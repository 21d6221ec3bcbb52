import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface FrameSocket {
  readonly send: (frame: string) => void
  readonly onFrame: (listener: (frame: string) => void) => void
  readonly drop: () => void
}

/** A bare client socket: text frames in and out, no compression. An unexpected end is an error of the run, unless somebody wants to know of it. */
export async function openFrameSocket(url: string, onLost?: () => void): Promise<FrameSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  let listener: (frame: string) => void = () => {}
  let isDropped = false
  socket.on('message', (data: Buffer) => { listener(data.toString()) })
  await once(socket, 'open')
  socket.on('close', (code) => {
    if (isDropped) return
    if (onLost !== undefined) onLost()
    else throw new Error(`the server closed a socket with ${code}`)
  })
  return {
    send: (frame) => { socket.send(frame) },
    onFrame: (next) => { listener = next },
    drop: () => {
      isDropped = true
      socket.terminate()
    },
  }
}
