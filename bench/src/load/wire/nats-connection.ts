import { parseJson } from '../../parse-json.ts'
import { openByteSocket } from './byte-socket.ts'

/** NATS' text protocol over a bare socket. */
export interface NatsConnection {
  readonly publish: (subject: string, payload: string, reply?: string) => void
  readonly subscribe: (subject: string, listener: (message: NatsMessage) => void) => void
  /** Publishes with an inbox of its own and resolves with the first answer to it. */
  readonly request: (subject: string, payload: string) => Promise<string>
  readonly drop: () => void
}

export interface NatsMessage {
  readonly subject: string
  readonly payload: string
  readonly reply: string | undefined
}

export async function connectNats(url: string, name: string): Promise<NatsConnection> {
  const socket = await openByteSocket(url)
  const listeners = new Map<string, (message: NatsMessage) => void>()
  const answers = new Map<string, (payload: string) => void>()
  const ready = Promise.withResolvers<void>()
  let subscriptions = 0
  let requests = 0
  const inbox = `_INBOX.${name}`
  const subscribe = (subject: string, listener: (message: NatsMessage) => void): void => {
    subscriptions += 1
    listeners.set(String(subscriptions), listener)
    socket.send(`SUB ${subject} ${subscriptions}\r\n`)
  }
  const publish = (subject: string, payload: string, reply = ''): void => {
    socket.send(`PUB ${subject} ${reply} ${Buffer.byteLength(payload)}\r\n${payload}\r\n`)
  }
  socket.onBytes(readFrames({
    onMessage: (subscription, message) => { listeners.get(subscription)?.(message) },
    onLine: (line) => {
      if (line.startsWith('PING')) socket.send('PONG\r\n')
      else if (line.startsWith('PONG')) ready.resolve()
      else if (line.startsWith('-ERR')) throw new Error(`NATS refused: ${line}`)
    },
  }))
  socket.send(`CONNECT ${JSON.stringify({ verbose: false, pedantic: false, name, lang: 'bench', version: '0', protocol: 1, headers: true, no_responders: true })}\r\n`)
  subscribe(`${inbox}.*`, ({ subject, payload }) => {
    answers.get(subject)?.(payload)
    answers.delete(subject)
  })
  socket.send('PING\r\n')
  await ready.promise
  return {
    publish,
    subscribe,
    request: (subject, payload) => {
      requests += 1
      const reply = `${inbox}.${requests}`
      const answered = new Promise<string>((resolve) => { answers.set(reply, resolve) })
      publish(subject, payload, reply)
      return answered
    },
    drop: socket.drop,
  }
}

interface FrameListeners {
  readonly onMessage: (subscription: string, message: NatsMessage) => void
  readonly onLine: (line: string) => void
}

/** `MSG <subject> <subscription> [reply] <bytes>` is followed by its payload; every other frame is one line. Payloads here are ASCII. */
function readFrames({ onMessage, onLine }: FrameListeners): (bytes: Buffer) => void {
  let read = ''
  return (bytes) => {
    read += bytes.toString('latin1')
    let at = 0
    for (;;) {
      const end = read.indexOf('\r\n', at)
      if (end < 0) break
      const line = read.slice(at, end)
      if (!line.startsWith('MSG ')) {
        onLine(line)
        at = end + 2
        continue
      }
      const words = line.split(' ')
      const length = Number(words.at(-1))
      const next = end + 2 + length + 2
      if (read.length < next) break
      onMessage(words[2] ?? '', { subject: words[1] ?? '', payload: read.slice(end + 2, end + 2 + length), reply: words.length === 5 ? words[3] : undefined })
      at = next
    }
    read = read.slice(at)
  }
}

/** A call of JetStream's own API; what it refuses ends the run. */
export async function askJetStream(nats: NatsConnection, subject: string, body: object): Promise<void> {
  const answer = await nats.request(`$JS.API.${subject}`, JSON.stringify(body))
  const { error } = parseJson<{ readonly error?: { readonly description: string } }>(answer)
  if (error !== undefined) throw new Error(`JetStream refused ${subject}: ${error.description}`)
}
