import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'

/** Follows a server-sent event stream; `onData` gets each event's data. Resolves when the stream is open. */
export async function openEventStream(url: string, accessToken: string, onData: (data: string) => void): Promise<Disposable> {
  const outgoing = request(url, { headers: { authorization: `Bearer ${accessToken}`, accept: 'text/event-stream' }, agent: false })
  outgoing.end()
  const incoming = await answerOf(outgoing)
  if (incoming.statusCode !== 200) throw new Error(`the event stream answered ${String(incoming.statusCode)}`)
  let rest = ''
  incoming.setEncoding('utf8')
  incoming.on('data', (chunk: string) => {
    const events = (rest + chunk).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const data = dataOf(event)
      if (data !== undefined) onData(data)
    }
  })
  incoming.on('error', () => {})
  return { [Symbol.dispose]: () => { outgoing.destroy() } }
}

async function answerOf(outgoing: ReturnType<typeof request>): Promise<IncomingMessage> {
  const { promise, resolve } = Promise.withResolvers<IncomingMessage>()
  outgoing.once('response', resolve)
  await Promise.race([promise, once(outgoing, 'close')])
  return promise
}

function dataOf(event: string): string | undefined {
  const line = event.split('\n').find((candidate) => candidate.startsWith('data:'))
  return line?.slice(5)
}
