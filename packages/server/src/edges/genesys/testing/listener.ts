import { once } from 'node:events'
import { WebSocket } from 'ws'

/** Someone who listens at a channel: what is told is kept. */
export interface TestListener extends Disposable {
  readonly frames: readonly ToldFrame[]
  readonly say: (request: object | string) => void
  /** The next frame on this topic that was not taken yet; waits for it. */
  readonly next: (topicName: string) => Promise<ToldFrame['eventBody']>
  readonly answer: () => Promise<ToldFrame>
  readonly closed: Promise<number>
}

export interface ToldFrame {
  readonly topicName?: string
  readonly eventBody: Readonly<Record<string, unknown>>
  readonly result?: string
}

export async function listenAt(connectUri: string): Promise<TestListener> {
  const socket = new WebSocket(connectUri)
  const frames: ToldFrame[] = []
  const waiting = new Set<() => void>()
  const taken = new Set<ToldFrame>()
  const closed = once(socket, 'close').then(([code]) => Number(code))
  socket.on('message', (data: Buffer) => {
    const told: unknown = JSON.parse(data.toString('utf8'))
    if (isFrame(told)) frames.push(told)
    for (const look of waiting) look()
  })
  await once(socket, 'open')
  const until = (fits: (frame: ToldFrame) => boolean): Promise<ToldFrame> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = frames.find((frame) => fits(frame) && !taken.has(frame))
        if (!found) return
        taken.add(found)
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  return {
    frames, closed,
    say: (request) => socket.send(typeof request === 'string' ? request : JSON.stringify(request)),
    next: async (topicName) => (await until((frame) => frame.topicName === topicName)).eventBody,
    answer: () => until((frame) => frame.result !== undefined),
    [Symbol.dispose]: () => socket.terminate(),
  }
}

function isFrame(told: unknown): told is ToldFrame {
  return typeof told === 'object' && told !== null
}
