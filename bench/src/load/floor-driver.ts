import { parseJson } from '../parse-json.ts'
import { countArrivals } from './arrivals.ts'
import type { Driver } from './driver.ts'
import { openFrameSocket } from './frame-socket.ts'
import type { RelayUser } from './relay-driver.ts'
import { createRelayDriver } from './relay-driver.ts'
import { createWaitingAcks } from './wire/waiting-acks.ts'

interface Frame {
  readonly ack?: number
  readonly seq?: number
  readonly text?: string
  readonly welcome?: boolean
}

export function createFloorDriver(url: string): Driver {
  const socketUrl = url.replace('http:', 'ws:')
  const positions = new Map<string, number>()
  return createRelayDriver((name) => connectUser(socketUrl, name, positions))
}

async function connectUser(url: string, name: string, positions: Map<string, number>): Promise<RelayUser> {
  const socket = await openFrameSocket(url)
  const acks = createWaitingAcks()
  const arrivals = countArrivals()
  let listener: (text: string) => void = () => {}
  let sent = 0
  const welcomed = Promise.withResolvers<void>()
  socket.onFrame((raw) => {
    const frame = parseJson<Frame>(raw)
    if (frame.ack !== undefined) {
      acks.settle(frame.ack)
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
    send: (to, text) => {
      sent += 1
      socket.send(JSON.stringify({ id: sent, to, text }))
      return acks.expect(sent)
    },
    onReceived: (next) => { listener = next },
    received: arrivals.reached,
    drop: socket.drop,
  }
}
