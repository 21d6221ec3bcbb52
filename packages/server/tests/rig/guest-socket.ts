import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface Frame {
  readonly type: string
  readonly class: string
  readonly code: number
  readonly tracingId?: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A guest's socket without any cleverness: what is sent is sent, what comes is kept. */
export interface GuestSocket extends Disposable {
  readonly raw: WebSocket
  /** Every frame so far. */
  readonly frames: readonly Frame[]
  readonly send: (request: object) => void
  /** The first frame, come or to come, that holds. Rejects when the socket ends before. */
  readonly until: (holds: (frame: Frame) => boolean) => Promise<Frame>
  readonly onFrame: (listener: (frame: Frame) => void) => void
  /** Resolves with the close code when the socket is gone. */
  readonly closed: Promise<number>
}

export async function openGuestSocket(url: string, deploymentId: string, headers: Readonly<Record<string, string>> = {}, trusted: { readonly ca?: string } = {}): Promise<GuestSocket> {
  const raw = new WebSocket(`${url.replace(/^http/, 'ws')}/v1?deploymentId=${deploymentId}`, { headers, perMessageDeflate: false, ...trusted })
  const frames: Frame[] = []
  const listeners = new Set<(frame: Frame) => void>()
  const closed = once(raw, 'close').then(([code]) => Number(code))
  raw.on('error', () => undefined)
  raw.on('message', (data: Buffer) => {
    const frame: Frame = JSON.parse(data.toString('utf8'))
    frames.push(frame)
    for (const listener of listeners) listener(frame)
  })
  await Promise.race([
    once(raw, 'open'),
    closed.then((code) => {
      throw new Error(`the socket was refused (${code})`)
    }),
  ])
  return {
    raw, frames, closed,
    send: (request) => raw.send(JSON.stringify(request)),
    onFrame: (listener) => listeners.add(listener),
    until(holds) {
      const known = frames.find(holds)
      if (known !== undefined) return Promise.resolve(known)
      return new Promise((resolve, reject) => {
        listeners.add((frame) => {
          if (holds(frame)) resolve(frame)
        })
        closed.then((code) => reject(new Error(`the socket ended (${code})`)), reject)
      })
    },
    [Symbol.dispose]: () => raw.terminate(),
  }
}

/** Takes up the session of a token, with our additions; resolves with the session's answer, and rejects when it is refused. */
export async function configure(socket: GuestSocket, deploymentId: string, token: string, resume?: object): Promise<Frame> {
  const tracingId = `configure-${socket.frames.length}`
  socket.send({ action: 'configureSession', deploymentId, token, tracingId, startNew: false, beckon: { version: 1, ...(resume === undefined ? {} : { resume }) } })
  const answer = await socket.until((frame) => frame.tracingId === tracingId)
  if (answer.class !== 'SessionResponse') throw new Error(`no session: ${JSON.stringify(answer)}`)
  return answer
}

/** Says something; resolves with the acknowledgement, which comes when it is durable. */
export function say(socket: GuestSocket, token: string, text: string, clientId: string): Promise<Frame> {
  socket.send({ action: 'onMessage', token, tracingId: clientId, clientId, message: { type: 'Text', text } })
  return socket.until((frame) => frame.tracingId === clientId)
}
