import { parseJson } from '../../parse-json.ts'
import { countArrivals } from '../arrivals.ts'
import type { RelayUser } from '../relay-driver.ts'
import { askJetStream, connectNats } from './nats-connection.ts'

const STREAM = 'messages'

/**
 * A durable push consumer for each name on one stream of files: messages wait in the stream, each is acknowledged by itself, and the next
 * connection under the name goes on where the last one ended.
 */
export async function connectJetStreamUser(url: string, name: string): Promise<RelayUser> {
  const nats = await connectNats(url, name)
  const arrivals = countArrivals()
  let listener: (text: string) => void = () => {}
  await askJetStream(nats, `STREAM.CREATE.${STREAM}`, { name: STREAM, subjects: ['to.>'], storage: 'file', retention: 'limits' })
  nats.subscribe(`for.${name}`, ({ payload, reply }) => {
    if (reply !== undefined) nats.publish(reply, '+ACK')
    listener(payload)
    arrivals.add(1)
  })
  await askJetStream(nats, `CONSUMER.DURABLE.CREATE.${STREAM}.${name}`, {
    stream_name: STREAM,
    config: { durable_name: name, deliver_subject: `for.${name}`, filter_subject: `to.${name}`, deliver_policy: 'all', ack_policy: 'explicit', replay_policy: 'instant' },
  })
  return {
    send: async (to, text) => {
      const answer = await nats.request(`to.${to}`, text)
      if (parseJson<{ readonly seq?: number }>(answer).seq === undefined) throw new Error(`JetStream did not store a message: ${answer}`)
    },
    onReceived: (next) => { listener = next },
    received: arrivals.reached,
    drop: nats.drop,
  }
}
