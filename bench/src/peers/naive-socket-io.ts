import { createServer } from 'node:http'
import { join } from 'node:path'
import { Server } from 'socket.io'
import { must } from '../must.ts'
import { openRelayStore } from './relay-store.ts'

/** A chat relay as it is usually written: socket.io, a room per user, one SQLite transaction per message, then the acknowledgement. */

interface Sent {
  readonly to: string
  readonly text: string
}

interface ClientEvents {
  hello: (user: string, after: number, done: () => void) => void
  message: (message: Sent, done: (answer: { seq: number }) => void) => void
}

interface ServerEvents {
  message: (message: { from: string; seq: number; text: string; at: number }) => void
}

const store = openRelayStore(join(must(process.argv[2], 'data folder'), 'naive.db'))
const http = createServer()
const io = new Server<ClientEvents, ServerEvents>(http)

io.on('connection', (socket) => {
  let user = ''
  socket.on('hello', async (name, after, done) => {
    user = name
    await socket.join(user)
    done()
    for (const message of store.since(user, after)) socket.emit('message', message)
  })
  socket.on('message', ({ to, text }, done) => {
    store.begin()
    const message = store.append({ from: user, to, text })
    store.commit()
    done({ seq: message.seq })
    io.to(to).emit('message', message)
  })
})

http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${address.port}`, pid: process.pid }))
})
process.on('SIGTERM', () => {
  void io.close()
  http.closeAllConnections()
})
