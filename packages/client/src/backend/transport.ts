import { problemFromAnswer } from './problem.ts'
import { BeckonRefusal, BeckonUnreachable } from './refusal.ts'
import { pauseBeforeRetry, retryAfterMs } from './retry.ts'
import type { FailedCall } from './refusal.ts'
import type { FailedTry, RetryPolicy } from './retry.ts'
import type { Surroundings } from './surroundings.ts'

/** A value of a query string; undefined ones are left out, lists are joined by commas. */
export type QueryValue = string | number | boolean | readonly string[] | undefined

/** One call, as the operations describe it. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Path below the server's base address, already percent-encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, QueryValue>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as a form instead of JSON. */
  readonly form?: Readonly<Record<string, string>>
  /** Sent as they are, with the type that `headers` says, and once only: where they go takes them once. */
  readonly bytes?: Blob
  /** The answer's body is kept as it is: see {@link Answer.bytes}. */
  readonly wantsBytes?: boolean
  readonly headers?: Readonly<Record<string, string>>
  readonly options?: CallOptions
  /** How this call proves who it is; the transport's own way when absent. */
  readonly authorization?: string
  /** The answer is read as it comes, without a time limit, and the call is tried once: see {@link Answer.chunks}. */
  readonly streams?: boolean
}

/** What the server answered, status 2xx or 3xx. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The whole body; empty for a stream. */
  readonly text: string
  /** The whole body as it came, for a call that `wantsBytes`. */
  readonly bytes?: Blob
  /** The body piece by piece, for a call that `streams`. */
  readonly chunks?: AsyncIterable<string>
}

/** What every method of the SDK takes as its last argument. */
export interface CallOptions {
  /** Gives the call up, pauses between retries included. */
  readonly signal?: AbortSignal
  /**
   * Your own key for POST and PATCH, e.g. the id of your ticket: the same key never counts twice within 24 hours, even
   * across restarts of your program. Without it the SDK makes one per call, which covers its own retries.
   */
  readonly idempotencyKey?: string
  /** ETag of the version you have seen; the update is refused with 412 when somebody else was faster. */
  readonly ifMatch?: string
  /** Longest wait for one answer, in milliseconds. */
  readonly timeoutMs?: number
  /** Shows status and headers of the answer: `etag` for `ifMatch`, `idempotent-replayed`, `ratelimit`. */
  readonly onAnswer?: (answer: { readonly status: number; readonly headers: Headers }) => void
}

/** How a transport proves who is calling. */
export interface Credentials {
  readonly headers: (signal?: AbortSignal) => Promise<Readonly<Record<string, string>>>
  /** Told that the server did not take them; true when fresh ones may be had. */
  readonly renew: () => boolean
}

export interface Transport {
  /**
   * Sends the call and repeats it as the retry policy says. Rejects with `BeckonRefusal`, `BeckonUnreachable`, or the
   * reason of the call's own signal.
   */
  readonly send: (call: Call) => Promise<Answer>
}

export interface TransportDeps {
  readonly baseUrl: string
  readonly credentials: Credentials
  readonly surroundings: Surroundings
  readonly retry: RetryPolicy
  readonly timeoutMs: number
  readonly headers: Readonly<Record<string, string>>
}

export function createTransport(deps: TransportDeps): Transport {
  return { send: (call) => sendUntilAnswered(deps, withIdempotencyKey(call, deps.surroundings)) }
}

async function sendUntilAnswered(deps: TransportDeps, call: Call): Promise<Answer> {
  let renewed = false
  const retry = call.streams === true || call.bytes !== undefined ? { ...deps.retry, retries: 0 } : deps.retry
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(deps, call, attempt)
    if (!('error' in outcome)) return outcome
    if (outcome.isTokenStale && !renewed && deps.credentials.renew()) {
      renewed = true
      continue
    }
    const pause = pauseBeforeRetry(outcome.failed, attempt, retry, deps.surroundings.random)
    if (pause === undefined) throw outcome.error
    await deps.surroundings.sleep(pause, call.options?.signal)
  }
}

interface Failure {
  readonly failed: FailedTry
  readonly error: Error
  readonly isTokenStale: boolean
}

async function tryOnce(deps: TransportDeps, call: Call, attempt: number): Promise<Answer | Failure> {
  call.options?.signal?.throwIfAborted()
  const authorization = await authorizationHeaders(deps, call)
  try {
    const answer = await fetchWithin(deps, call, authorization)
    return answer.status < 400 ? answer : refusalOf(deps, call, attempt, answer)
  } catch (cause) {
    call.options?.signal?.throwIfAborted()
    const error = new BeckonUnreachable(deps.baseUrl, failedCall(call, attempt), cause)
    return { failed: { kind: 'no-answer' }, error, isTokenStale: false }
  }
}

async function authorizationHeaders(deps: TransportDeps, call: Call): Promise<Readonly<Record<string, string>>> {
  if (call.authorization === undefined) return deps.credentials.headers(call.options?.signal)
  return call.authorization === '' ? {} : { authorization: call.authorization }
}

function refusalOf(deps: TransportDeps, call: Call, attempt: number, answer: Answer): Failure {
  const wait = retryAfterMs(answer.headers.get('retry-after'), deps.surroundings.now())
  const problem = problemFromAnswer(answer.status, answer.text)
  const seconds = wait === undefined ? undefined : Math.ceil(wait / 1000)
  return {
    failed: { kind: 'answer', status: answer.status, code: problem.code, retryAfterMs: wait },
    error: new BeckonRefusal(problem, failedCall(call, attempt), seconds),
    isTokenStale: answer.status === 401 && call.authorization === undefined,
  }
}

/** The clock runs until the body is read: an answer cut in the middle is no answer. */
async function fetchWithin(
  deps: TransportDeps,
  call: Call,
  authorization: Readonly<Record<string, string>>,
): Promise<Answer> {
  const signal = call.options?.signal
  // AbortSignal.any would join the two, but Node 18 does not have it.
  const attempt = new AbortController()
  const giveUp = (): void => attempt.abort(signal?.reason)
  signal?.addEventListener('abort', giveUp, { once: true })
  const stopClock = startClock(deps, attempt, call.options?.timeoutMs ?? deps.timeoutMs)
  const streams = call.streams === true
  try {
    const response = await deps.surroundings.fetch(address(deps.baseUrl, call), {
      method: call.method,
      headers: { ...deps.headers, ...call.headers, ...contentHeaders(call), ...authorization },
      ...bodyOf(call),
      signal: attempt.signal,
    })
    const { status, headers } = response
    if (call.wantsBytes === true && status < 400) return { status, headers, text: '', bytes: await response.blob() }
    if (!streams || status >= 400) return { status, headers, text: await response.text() }
    return { status, headers, text: '', chunks: chunksOf(response, () => signal?.removeEventListener('abort', giveUp)) }
  } finally {
    stopClock()
    if (!streams) signal?.removeEventListener('abort', giveUp)
  }
}

async function* chunksOf(response: Response, done: () => void): AsyncGenerator<string> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader()
  const decoder = new TextDecoder()
  try {
    for (;;) {
      const piece = await reader?.read()
      if (piece === undefined || piece.done) return
      yield decoder.decode(piece.value, { stream: true })
    }
  } finally {
    done()
    // Not awaited: a caller who leaves the loop must not wait for a server that hangs.
    reader?.cancel().catch(() => undefined)
  }
}

function startClock(deps: TransportDeps, attempt: AbortController, limitMs: number): () => void {
  const stopped = new AbortController()
  deps.surroundings.sleep(limitMs, stopped.signal).then(
    () => attempt.abort(new Error(`no answer within ${limitMs} ms`)),
    () => undefined,
  )
  return () => stopped.abort()
}

function address(baseUrl: string, { path, query }: Call): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(key, typeof value === 'object' ? value.join(',') : String(value))
  }
  const text = search.toString()
  if (text === '') return baseUrl + path
  return `${baseUrl}${path}${path.includes('?') ? '&' : '?'}${text}`
}

function contentHeaders({ body, form, headers }: Call): Record<string, string> {
  const accept: Record<string, string> = headers?.['accept'] === undefined ? { accept: 'application/json' } : {}
  if (form !== undefined) return { ...accept, 'content-type': 'application/x-www-form-urlencoded' }
  return body === undefined ? accept : { ...accept, 'content-type': 'application/json' }
}

function bodyOf({ body, form, bytes }: Call): { body?: string | Blob } {
  if (bytes !== undefined) return { body: bytes }
  if (form !== undefined) return { body: new URLSearchParams(form).toString() }
  return body === undefined ? {} : { body: JSON.stringify(body) }
}

/** The key is chosen once per call, not once per try: that is what makes a retry the same message. */
function withIdempotencyKey(call: Call, surroundings: Surroundings): Call {
  const headers: Record<string, string> = { ...call.headers }
  if (call.options?.ifMatch !== undefined) headers['if-match'] = call.options.ifMatch
  if (isKeyed(call)) headers['idempotency-key'] = call.options?.idempotencyKey ?? surroundings.newId()
  return { ...call, headers }
}

function isKeyed({ method, form }: Call): boolean {
  return form === undefined && (method === 'POST' || method === 'PATCH')
}

function failedCall(call: Call, attempts: number): FailedCall {
  const key = call.headers?.['idempotency-key']
  return { method: call.method, path: call.path, attempts, ...(key === undefined ? {} : { idempotencyKey: key }) }
}
