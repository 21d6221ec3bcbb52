import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { seconds, type Bus, type Reader, type Timers } from '@beckon/core'
import { WebSocketServer, type WebSocket } from 'ws'
import { serveUpgrades } from '../../shared/upgrades.ts'
import type { Channel, Channels } from './channels.ts'
import { answerFrame, closingFrame, pongFrame } from './frames.ts'
import { readListenerRequest } from './read-request.ts'
import { subscribe } from './subscribe.ts'

/** Where channels are listened to: the secret follows. */
export const socketPath = '/notifications/v1/'

export interface SocketDeps {
  readonly channels: Channels
  readonly reader: Pick<Reader, 'conversation' | 'deployment'>
  readonly bus: Pick<Bus, 'attend'>
  readonly timers: Timers
  readonly onError: (error: unknown) => void
}

export interface ChannelSockets {
  /** Tells everybody that the server is going away, and lets go of them. */
  drain(): void
}

/** A reader who does not take what it is told is dropped: the original replays nothing either, so they read what they missed by REST. */
const mostWaiting = 1 << 20
const largestRequest = 128 * 1024
const goingAway = 1001
const farewellLasts = seconds(1)

/** Serves the sockets of channels, one for each. */
export function serveChannelSockets(server: Server, deps: SocketDeps): ChannelSockets {
  const sockets = new Set<WebSocket>()
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: largestRequest })
  let isDraining = false
  const take = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (isDraining) return refuse(socket, '503 Service Unavailable', 'The server is going away: connect again.')
    const channel = deps.channels.bySecret(secretIn(request.url ?? ''))
    if (!channel) return refuse(socket, '404 Not Found', 'The channel is not known here: it has expired, or never was.')
    return webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      sockets.add(webSocket)
      webSocket.on('close', () => sockets.delete(webSocket))
      listen(deps, channel, webSocket)
    })
  }
  serveUpgrades(server, { serves: (path) => path.startsWith(socketPath), take })
  return {
    drain() {
      isDraining = true
      for (const socket of sockets) {
        send(socket, closingFrame('The server is going away: connect again.'))
        socket.close(goingAway)
      }
      deps.timers.after(farewellLasts, () => {
        for (const socket of sockets) socket.terminate()
      })
    },
  }
}

function listen(deps: SocketDeps, channel: Channel, socket: WebSocket): void {
  channel.listener?.close('Another connection took over this channel.')
  const listener = {
    send: (frame: string) => send(socket, frame),
    close: (reason: string) => socket.close(1000, reason),
  }
  channel.listener = listener
  const ignore = deps.bus.attend('everything')
  deps.channels.touch(channel, false)
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    ignore()
    if (channel.listener === listener) channel.listener = undefined
  })
  socket.on('message', (data, isBinary) => {
    answer(deps, channel, Buffer.isBuffer(data) && !isBinary ? data.toString('utf8') : '').then(listener.send, deps.onError)
  })
}

async function answer({ reader, channels }: SocketDeps, channel: Channel, text: string): Promise<string> {
  const request = readListenerRequest(text)
  if (request.kind === 'ping') return pongFrame
  if (request.kind === 'unreadable') return answerFrame({ result: '400', status: 'error', message: 'Say {"message":"ping"} or {"message":"subscribe","topics":[…]}.' })
  const correlation = request.correlationId === undefined ? {} : { correlationId: request.correlationId }
  const done = await subscribe(reader, channel, { topics: request.topics, replace: false, ignoreErrors: true })
  if (!done.ok) return answerFrame({ result: '400', status: 'failure', message: 'A channel follows at most 1000 topics.', ...correlation })
  channels.touch(channel, true)
  const isAll = done.states.every(({ state }) => state === 'Permitted')
  return answerFrame({ result: isAll ? '200' : '400', status: isAll ? 'subscribed' : 'failure', topics: done.states, ...correlation })
}

function send(socket: WebSocket, frame: string): void {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > mostWaiting) return socket.terminate()
  socket.send(frame)
}

function secretIn(url: string): string {
  return URL.parse(url, 'http://localhost')?.pathname.slice(socketPath.length) ?? ''
}

function refuse(socket: Duplex, status: string, reason: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${reason.length}\r\nConnection: close\r\n\r\n${reason}`)
}
