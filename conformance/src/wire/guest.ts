import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { WebSocket, type ClientOptions } from 'ws'
import { Failed } from '../run/verdict.ts'
import { problemsOfFrame } from './envelope.ts'
import { at, brief, isJson, textAt, type Json } from './json.ts'

/** A guest's socket without any cleverness: what is sent is sent, what comes is kept and looked at. */
export interface Guest {
  readonly token: string
  readonly deploymentId: string
  readonly raw: WebSocket
  /** Every frame so far. */
  readonly frames: readonly Json[]
  /** Sends a request as it is, the guest's token added. */
  readonly send: (request: Json) => void
  /** Sends it with a tracingId of its own and resolves with the frame that answers. */
  readonly ask: (request: Json) => Promise<Json>
  /** Says a text; resolves with the acknowledgement or the refusal. */
  readonly say: (text: string, more?: Json) => Promise<Json>
  readonly configure: (more?: Json) => Promise<Json>
  /** The first frame, come or to come, that holds; fails with what came instead. */
  readonly until: (what: string, holds: (frame: Json) => boolean) => Promise<Json>
  /** Resolves when everything that the server sent here before this call has arrived. */
  readonly settled: () => Promise<void>
  /** Closes the socket from this side, with or without a code. */
  readonly leave: (code?: number, reason?: string) => void
  /** Resolves with the close code. */
  readonly closed: Promise<number>
}

export interface OpenGuest {
  readonly url: string
  readonly deploymentId: string
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Further query parameters, or the whole query when it begins with `?`. */
  readonly query?: string
  readonly deflate?: boolean
}

/** Where a case's sockets leave what the envelope checker found, and how long it waits. */
export interface Watch {
  readonly problems: string[]
  readonly sockets: Set<WebSocket>
  readonly patience: number
}

/** Resolves with the guest, or with the HTTP status when the upgrade is refused. */
export async function openGuest(open: OpenGuest, watch: Watch): Promise<Guest | number> {
  const options: ClientOptions = { headers: open.headers ?? {}, perMessageDeflate: open.deflate ?? false }
  const raw = new WebSocket(socketAddress(open), options)
  watch.sockets.add(raw)
  const guest = listen(raw, open, watch)
  raw.on('error', () => undefined)
  const opened = new Promise<Guest>((resolve) => raw.once('open', () => resolve(guest)))
  const refused = new Promise<number>((resolve) => {
    raw.once('unexpected-response', (_request, response: IncomingMessage) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
  })
  const broken = guest.closed.then((code) => {
    throw new Failed(`the socket ended (${code}) before it was open`)
  })
  broken.catch(() => undefined)
  return within(watch, 'the socket to open', Promise.race([opened, refused, broken]))
}

function socketAddress({ url, deploymentId, query = '' }: OpenGuest): string {
  const tail = query.startsWith('?') ? query : `?deploymentId=${deploymentId}${query}`
  return `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/v1${tail}`
}

function listen(raw: WebSocket, open: OpenGuest, watch: Watch): Guest {
  const token = open.token ?? randomUUID()
  const frames: Json[] = []
  const listeners = new Set<(frame: Json) => void>()
  let left = false
  const closed = new Promise<number>((resolve) => raw.once('close', resolve))
  raw.once('close', (code: number) => {
    if (code === 1005 && !left) watch.problems.push('§1.5 the server closed the socket without a code')
  })
  let latest = ''
  raw.on('message', (data: Buffer, isBinary: boolean) => {
    const text = data.toString('utf8')
    watch.problems.push(...(isBinary ? ['§3.1 a frame is binary'] : problemsOfFrame(text)))
    const frame = frameOf(text)
    const time = momentOf(frame)
    if (time !== undefined && time <= latest) watch.problems.push(`§4.10 channel.time does not rise: ${latest}, then ${time}`)
    latest = time ?? latest
    frames.push(frame)
    for (const listener of listeners) listener(frame)
  })
  const until: Guest['until'] = (what, holds) => {
    const known = frames.find(holds)
    if (known !== undefined) return Promise.resolve(known)
    const came = new Promise<Json>((resolve, reject) => {
      listeners.add((frame) => holds(frame) && resolve(frame))
      closed.then((code) => reject(new Failed(`expected ${what}; the socket ended (${code}) after ${brief(frames.slice(-3), 1200)}`)), reject)
    })
    return within(watch, () => `${what}; came ${brief(frames.slice(-3), 1200)}`, came)
  }
  const send: Guest['send'] = (request) => raw.send(JSON.stringify({ token, ...request }))
  const ask: Guest['ask'] = (request) => {
    const tracingId = randomUUID()
    send({ tracingId, ...request })
    const expected = textAt(request, 'tracingId') || tracingId
    return until(`an answer to ${brief(request, 160)}`, (frame) => frame['tracingId'] === expected)
  }
  const guest: Guest = {
    token, raw, frames, send, ask, until, closed,
    deploymentId: open.deploymentId,
    say: (text, more = {}) => ask({ action: 'onMessage', message: { type: 'Text', text, ...more } }),
    configure: (more = {}) => ask({ action: 'configureSession', deploymentId: open.deploymentId, ...more }),
    leave: (code, reason) => {
      left = true
      raw.close(code, reason)
    },
    settled: async () => {
      await ask({ action: 'echo', message: { type: 'Text', text: 'settled?' } })
    },
  }
  return guest
}

function frameOf(text: string): Json {
  try {
    const frame: unknown = JSON.parse(text)
    return isJson(frame) ? frame : {}
  } catch {
    return {}
  }
}

/** Only what history can hold has a moment of its own: not typing, not the Clear that empties it, not the answer to an echo. */
function momentOf(frame: Json): string | undefined {
  const isMessage = frame['class'] === 'StructuredMessage' && frame['type'] === 'message'
  const isKept = isMessage && at(frame, 'body.events.0.eventType') !== 'Typing' && at(frame, 'body.events.0.presence.type') !== 'Clear'
  return isKept ? textAt(frame, 'body.channel.time') : undefined
}

/** The promise, or a failure that says what was waited for. */
export async function within<T>({ patience }: Pick<Watch, 'patience'>, what: string | (() => string), promise: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Failed(`waited ${patience} ms for ${typeof what === 'string' ? what : what()}`)), patience)
  })
  try {
    return await Promise.race([promise, limit])
  } finally {
    clearTimeout(late)
  }
}
