import { generate, parser } from 'mqtt-packet'
import { countArrivals } from '../arrivals.ts'
import type { RelayUser } from '../relay-driver.ts'
import { openByteSocket } from './byte-socket.ts'
import { createWaitingAcks } from './waiting-acks.ts'

const MOST_MESSAGE_IDS = 65_535

/** MQTT 3.1.1 with a lasting session: subscribed to its own name at QoS 1, so that the broker keeps what comes while it is away. */
export async function connectMqttUser(url: string, name: string): Promise<RelayUser> {
  const socket = await openByteSocket(url)
  const packets = parser({ protocolVersion: 4 })
  const acks = createWaitingAcks()
  const arrivals = countArrivals()
  const subscribed = Promise.withResolvers<void>()
  let listener: (text: string) => void = () => {}
  let sent = 0
  packets.on('packet', (packet) => {
    if (packet.cmd === 'publish') {
      socket.send(generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }))
      listener(packet.payload.toString())
      arrivals.add(1)
    } else if (packet.cmd === 'puback') {
      acks.settle(packet.messageId ?? 0)
    } else if (packet.cmd === 'connack') {
      socket.send(generate({ cmd: 'subscribe', messageId: MOST_MESSAGE_IDS, subscriptions: [{ topic: `to/${name}`, qos: 1 }] }))
    } else if (packet.cmd === 'suback') {
      subscribed.resolve()
    }
  })
  socket.onBytes((bytes) => { packets.parse(bytes) })
  socket.send(generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId: name, clean: false, keepalive: 0 }))
  await subscribed.promise
  return {
    send: (to, text) => {
      sent = (sent % (MOST_MESSAGE_IDS - 1)) + 1
      socket.send(generate({ cmd: 'publish', topic: `to/${to}`, qos: 1, messageId: sent, dup: false, retain: false, payload: text }))
      return acks.expect(sent)
    },
    onReceived: (next) => { listener = next },
    received: arrivals.reached,
    drop: socket.drop,
  }
}
