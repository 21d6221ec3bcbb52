import { createServer, request, type IncomingMessage } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'
import { isJson } from '../../src/wire/json.ts'

/** A frame on its way to the guest: another in its place, several, or none. */
export type Lie = (frame: Frame) => readonly (Frame | typeof hangUp)[]
export type Frame = Record<string, unknown> & { body: Record<string, unknown> }

/** In place of a frame: the socket is closed, and no code says why. */
export const hangUp = Symbol('hang up')

/** Stands before a server, passes on whatever it says, and lies about its frames. */
export async function startLyingServer(truth: string, lie: Lie): Promise<AsyncDisposable & { readonly url: string }> {
  const http = createServer((incoming, answer) => {
    const passed = request(`${truth}${incoming.url ?? ''}`, { method: incoming.method, headers: incoming.headers }, (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers)
      response.pipe(answer)
    })
    incoming.pipe(passed)
  })
  const sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (guest: WebSocket, { url = '' }: IncomingMessage) => between(guest, new WebSocket(`${truth.replace(/^http/, 'ws')}${url}`), lie))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

function frameOf(data: Buffer): Frame {
  const frame: unknown = JSON.parse(data.toString('utf8'))
  return isFrame(frame) ? frame : { body: {} }
}

function isFrame(value: unknown): value is Frame {
  return isJson(value)
}

function between(guest: WebSocket, server: WebSocket, lie: Lie): void {
  const early: string[] = []
  guest.on('message', (data: Buffer) => (server.readyState === server.OPEN ? server.send(data.toString('utf8')) : early.push(data.toString('utf8'))))
  server.on('open', () => {
    for (const text of early) server.send(text)
  })
  server.on('message', (data: Buffer) => {
    for (const told of lie(frameOf(data))) {
      if (told === hangUp) guest.close()
      else guest.send(JSON.stringify(told))
    }
  })
  for (const [one, other] of [[guest, server], [server, guest]] as const) {
    one.on('error', () => undefined)
    one.on('close', () => other.terminate())
  }
}
