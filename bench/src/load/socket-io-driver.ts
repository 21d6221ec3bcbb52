import { must } from '../must.ts'
import { parseJson } from '../parse-json.ts'
import { countArrivals } from './arrivals.ts'
import type { Driver, GuestLink } from './driver.ts'
import { openFrameSocket } from './frame-socket.ts'

/**
 * Speaks socket.io's wire format over a bare socket: its own client would burn more of the two cores than the server does.
 * `0{…}` opens, `40` joins the namespace, `2` is a ping and `3` its pong, `42<ack>[name,…]` an event, `43<ack>[…]` its answer.
 */

interface User extends GuestLink {
  readonly emit: (event: string, ...values: readonly unknown[]) => Promise<void>
  readonly onReceived: (listener: (text: string) => void) => void
}

interface Pushed {
  readonly seq: number
  readonly text: string
}

export function createSocketIoDriver(url: string): Driver {
  const socketUrl = `${url.replace('http:', 'ws:')}/socket.io/?EIO=4&transport=websocket`
  const positions = new Map<string, number>()
  let backend: Promise<User> | undefined
  const connect = (name: string): Promise<User> => connectUser(socketUrl, name, positions)

  return {
    openPair: async (index) => {
      const [sender, receiver] = await Promise.all([connect(`sender-${index}`), connect(`receiver-${index}`)])
      return { send: (text) => sender.emit('message', { to: `receiver-${index}`, text }), onReceived: receiver.onReceived }
    },
    connectGuest: (index) => connect(`guest-${index}`),
    sendToGuest: async (index, count) => {
      backend ??= connect('backend')
      const from = await backend
      await Promise.all(Array.from({ length: count }, (_, number) =>
        from.emit('message', { to: `guest-${index}`, text: `stored message ${number} `.padEnd(100, '.') })))
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

async function connectUser(url: string, name: string, positions: Map<string, number>): Promise<User> {
  const socket = await openFrameSocket(url)
  const acks = new Map<number, () => void>()
  const arrivals = countArrivals()
  const joined = Promise.withResolvers<void>()
  let listener: (text: string) => void = () => {}
  let sent = 0
  const take = (pushed: Pushed): void => {
    positions.set(name, pushed.seq)
    listener(pushed.text)
    arrivals.add(1)
  }
  socket.onFrame((frame) => {
    if (frame.startsWith('42')) take(parseJson<[string, Pushed]>(frame.slice(2))[1])
    else if (frame.startsWith('43')) settle(acks, Number.parseInt(frame.slice(2), 10))
    else if (frame.startsWith('40')) joined.resolve()
    else if (frame === '2') socket.send('3')
  })
  socket.send('40')
  await joined.promise
  const emit = (event: string, ...values: readonly unknown[]): Promise<void> => new Promise((resolve) => {
    sent += 1
    acks.set(sent, resolve)
    socket.send(`42${sent}${JSON.stringify([event, ...values])}`)
  })
  await emit('hello', name, positions.get(name) ?? 0)
  return { emit, onReceived: (next) => { listener = next }, received: arrivals.reached, drop: socket.drop }
}

function settle(acks: Map<number, () => void>, id: number): void {
  must(acks.get(id), 'the event answered')()
  acks.delete(id)
}
