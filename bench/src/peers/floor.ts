import { join } from 'node:path'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import { openRelayStore } from './relay-store.ts'

/**
 * The floor: what a good engineer gets from a bare `ws` and SQLite with group commit. No accounts, no rules, no events: a user says
 * who he is, sends `{id,to,text}`, gets `{ack,seq}` once it is durable, and the other side gets `{from,seq,text,at}`, at once or on return.
 */

type Frame =
  | { readonly hello: string; readonly after: number }
  | { readonly hello?: undefined; readonly id: number; readonly to: string; readonly text: string }

interface Waiting {
  readonly socket: WebSocket
  readonly id: number
  readonly from: string
  readonly to: string
  readonly text: string
}

const LARGEST_COMMIT = 256
const store = openRelayStore(join(must(process.argv[2], 'data folder'), 'floor.db'))
const sockets = new Map<string, WebSocket>()
let waiting: Waiting[] = []

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, maxPayload: 65_536 })
server.on('connection', welcome)
server.on('listening', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${address.port}`, pid: process.pid }))
})
process.on('SIGTERM', () => {
  for (const socket of server.clients) socket.terminate()
  server.close()
})

function welcome(socket: WebSocket): void {
  let user = ''
  // `ws` hands text frames over as one Buffer unless told otherwise.
  socket.on('message', (data: Buffer) => {
    const frame = parseJson<Frame>(data.toString())
    if (frame.hello === undefined) {
      enqueue({ socket, id: frame.id, from: user, to: frame.to, text: frame.text })
      return
    }
    user = frame.hello
    sockets.set(user, socket)
    socket.send('{"welcome":true}')
    for (const message of store.since(user, frame.after)) socket.send(JSON.stringify(message))
  })
  socket.on('close', () => {
    if (sockets.get(user) === socket) sockets.delete(user)
  })
}

/** Everything that one turn of the event loop has read from all sockets goes into one commit. */
function enqueue(message: Waiting): void {
  waiting.push(message)
  if (waiting.length === 1) setImmediate(commitWaiting)
}

function commitWaiting(): void {
  const batch = waiting.slice(0, LARGEST_COMMIT)
  waiting = waiting.slice(LARGEST_COMMIT)
  if (waiting.length > 0) setImmediate(commitWaiting)
  store.begin()
  const stored = batch.map((message) => store.append(message))
  store.commit()
  for (const [index, message] of stored.entries()) {
    const { socket, id } = must(batch[index], 'the message just stored')
    socket.send(`{"ack":${id},"seq":${message.seq}}`)
    sockets.get(message.to)?.send(JSON.stringify(message))
  }
}
