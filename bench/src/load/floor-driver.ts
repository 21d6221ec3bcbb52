import { parseJson } from '../parse-json.ts'
import { must } from '../must.ts'
import { countArrivals } from './arrivals.ts'
import type { Driver, GuestLink } from './driver.ts'
import { openFrameSocket } from './frame-socket.ts'

interface Frame {
  readonly ack?: number
  readonly seq?: number
  readonly text?: string
  readonly welcome?: boolean
}

interface User extends GuestLink {
  readonly send: (to: string, text: string) => Promise<void>
  readonly onReceived: (listener: (text: string) => void) => void
}

export function createFloorDriver(url: string): Driver {
  const socketUrl = url.replace('http:', 'ws:')
  const positions = new Map<string, number>()
  let backend: Promise<User> | undefined
  const connect = (name: string): Promise<User> => connectUser(socketUrl, name, positions)

  return {
    openPair: async (index) => {
      const [sender, receiver] = await Promise.all([connect(`sender-${index}`), connect(`receiver-${index}`)])
      return { send: (text) => sender.send(`receiver-${index}`, text), onReceived: receiver.onReceived }
    },
    connectGuest: (index) => connect(`guest-${index}`),
    sendToGuest: async (index, count) => {
      backend ??= connect('backend')
      const from = await backend
      await Promise.all(Array.from({ length: count }, (_, number) => from.send(`guest-${index}`, `stored message ${number} `.padEnd(100, '.'))))
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

async function connectUser(url: string, name: string, positions: Map<string, number>): Promise<User> {
  const socket = await openFrameSocket(url)
  const acks = new Map<number, () => void>()
  const arrivals = countArrivals()
  let listener: (text: string) => void = () => {}
  let sent = 0
  const welcomed = Promise.withResolvers<void>()
  socket.onFrame((raw) => {
    const frame = parseJson<Frame>(raw)
    if (frame.ack !== undefined) {
      must(acks.get(frame.ack), 'the message acknowledged')()
      acks.delete(frame.ack)
    } else if (frame.text !== undefined) {
      positions.set(name, frame.seq ?? 0)
      listener(frame.text)
      arrivals.add(1)
    } else {
      welcomed.resolve()
    }
  })
  socket.send(JSON.stringify({ hello: name, after: positions.get(name) ?? 0 }))
  await welcomed.promise
  return {
    send: (to, text) => new Promise((resolve) => {
      sent += 1
      acks.set(sent, resolve)
      socket.send(JSON.stringify({ id: sent, to, text }))
    }),
    onReceived: (next) => { listener = next },
    received: arrivals.reached,
    drop: socket.drop,
  }
}
