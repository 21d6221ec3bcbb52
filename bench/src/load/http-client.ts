import { once } from 'node:events'
import { connect } from 'node:net'

export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly accessToken?: string
  readonly idempotencyKey?: string
  readonly body?: string
}

export interface HttpClient extends Disposable {
  /** Each connection carries one request at a time; above `mostConnections` a request waits its turn. */
  request(request: HttpRequest): Promise<HttpAnswer>
}

interface Job {
  readonly bytes: string
  readonly resolve: (answer: HttpAnswer) => void
}

/** A keep-alive client that does as little as HTTP/1.1 with `Content-Length` allows, so that the server is what is measured. */
export function createHttpClient(url: string, mostConnections: number): HttpClient {
  const { hostname, port, host } = new URL(url)
  const queue: Job[] = []
  const idle: Lane[] = []
  const lanes: Lane[] = []
  let opened = 0
  const run = (lane: Lane, job: Job): void => {
    lane.exchange(job.bytes, (answer) => {
      job.resolve(answer)
      const next = queue.shift()
      if (next === undefined) idle.push(lane)
      else run(lane, next)
    })
  }
  const openAndRun = async (job: Job): Promise<void> => {
    opened += 1
    const lane = await openLane(hostname, Number(port))
    lanes.push(lane)
    run(lane, job)
  }
  return {
    request: (request) => new Promise((resolve, reject) => {
      const job = { bytes: renderRequest(request, host), resolve }
      const lane = idle.pop()
      if (lane !== undefined) run(lane, job)
      else if (opened < mostConnections) openAndRun(job).catch(reject)
      else queue.push(job)
    }),
    [Symbol.dispose]: () => {
      for (const lane of lanes) lane.end()
    },
  }
}

interface Lane {
  exchange(bytes: string, answered: (answer: HttpAnswer) => void): void
  end(): void
}

async function openLane(host: string, port: number): Promise<Lane> {
  const socket = connect(port, host)
  socket.setNoDelay(true)
  await once(socket, 'connect')
  let waiting: ((answer: HttpAnswer) => void) | undefined
  let read: Buffer = Buffer.alloc(0)
  let isEnded = false
  socket.on('data', (chunk: Buffer) => {
    read = read.length === 0 ? chunk : Buffer.concat([read, chunk])
    const answer = parseAnswer(read)
    if (answer === undefined) return
    read = Buffer.alloc(0)
    const answered = waiting
    waiting = undefined
    answered?.(answer)
  })
  socket.on('close', () => {
    if (waiting !== undefined && !isEnded) throw new Error('the server closed a connection with a request on it')
  })
  return {
    exchange: (bytes, answered) => {
      waiting = answered
      socket.write(bytes)
    },
    end: () => {
      isEnded = true
      socket.destroy()
    },
  }
}

function renderRequest({ method, path, accessToken, idempotencyKey, body }: HttpRequest, host: string): string {
  const key = idempotencyKey === undefined ? '' : `Idempotency-Key: ${idempotencyKey}\r\n`
  const authorization = accessToken === undefined ? '' : `Authorization: Bearer ${accessToken}\r\n`
  const length = body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${authorization}${key}${length}\r\n${body ?? ''}`
}

function parseAnswer(bytes: Buffer): HttpAnswer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = bytes.toString('latin1', 0, headEnd)
  const status = Number(head.slice(9, 12))
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? (status === 204 ? 0 : Number.NaN))
  if (Number.isNaN(length)) throw new Error(`an answer without Content-Length: ${head}`)
  const end = headEnd + 4 + length
  return bytes.length < end ? undefined : { status, body: bytes.toString('utf8', headEnd + 4, end) }
}
