import type { Server } from 'node:http'
import { duplexPair } from 'node:stream'
import { WebSocket } from 'ws'
import type { Frame } from '../guest-edge.ts'

/** A guest whose socket is a pipe within this process: the whole edge is driven, and no network. */
export interface InProcessGuest {
  readonly socket: WebSocket
  /** What has come since this was last called. */
  readonly take: () => readonly Frame[]
  /** Resolves when the other side has answered a ping, and so has read what was sent before; also when it is gone. */
  readonly answered: () => Promise<void>
}

export function openInProcess(server: Server, deploymentId: string): Promise<InProcessGuest> {
  const [ours, theirs] = duplexPair()
  // A pipe does not tell one end that the other was destroyed; a network does.
  ours.on('close', () => theirs.destroy())
  theirs.on('close', () => ours.destroy())
  server.emit('connection', theirs)
  const socket = new WebSocket(`ws://in-process/v1?deploymentId=${deploymentId}`, { createConnection: () => ours, perMessageDeflate: false })
  let frames: Frame[] = []
  let wake: (() => void) | undefined
  const awake = (): void => wake?.()
  socket.on('message', (data: Buffer) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a frame of another shape is one that no model expects
    frames.push(JSON.parse(data.toString('utf8')) as Frame)
  })
  socket.on('pong', awake)
  socket.on('close', awake)
  const guest: InProcessGuest = {
    socket,
    take() {
      const taken = frames
      frames = []
      return taken
    },
    async answered() {
      if (socket.readyState !== socket.OPEN) return
      await new Promise<void>((resolve) => {
        wake = resolve
        socket.ping()
      })
    },
  }
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(guest))
    socket.once('error', reject)
  })
}
