import { pino, type DestinationStream, type Logger } from 'pino'

export type Log = Logger

/** What people wrote, and what opens doors. Wherever such a key turns up in a log line, its value does not. */
const unspeakable = new Set([
  'text', 'content', 'body', 'message', 'greeting', 'preview', 'lastText', 'saying', 'payload', 'metadata', 'attributes', 'data',
  'token', 'secret', 'password', 'passwordHash', 'secretHash', 'tokenHash', 'hash', 'authorization', 'cookie', 'set-cookie', 'jwt',
  'name', 'nickname', 'email', 'phone', 'headers', 'query', 'q',
])
const deepest = 6

/** Structured lines on standard error: standard output belongs to the ready line. */
export function createLog(level: string, destination: DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: withoutTheUnspeakable },
      // What a child logger is born with does not pass through the formatter.
      redact: { paths: [...unspeakable].map((key) => `["${key}"]`), censor: '[hidden]' },
      serializers: { err: describeError, req: describeRequest, res: describeResponse },
    },
    destination,
  )
}

function withoutTheUnspeakable(line: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(line).map(([key, value]) => [key, isSerialized(key) ? value : scrub(key, value, 0)]))
}

/** Pino applies serializers after this, and they pick what they show. */
function isSerialized(key: string): boolean {
  return key === 'err' || key === 'req' || key === 'res'
}

function scrub(key: string, value: unknown, depth: number): unknown {
  if (unspeakable.has(key)) return '[hidden]'
  if (value instanceof Error) return describeError(value)
  if (Array.isArray(value)) return depth < deepest ? value.map((item) => scrub('', item, depth + 1)) : '[deep]'
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return '[deep]'
  return Object.fromEntries(Object.entries(value).map(([inner, item]) => [inner, scrub(inner, item, depth + 1)]))
}

interface DescribedError {
  readonly type: string
  readonly message: string
  readonly stack?: string
  readonly code?: unknown
  readonly cause?: DescribedError
}

/** A parser quotes what it choked on, so what it says is left out; own properties of an error may hold anything. */
function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '[not an error]' }
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)).join('\n')
  return {
    type: error.name,
    message: error instanceof SyntaxError ? '[hidden]' : error.message,
    ...(frames ? { stack: frames } : {}),
    ...('code' in error ? { code: error.code } : {}),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

/** Method and path: queries hold what people search for, and headers hold credentials. */
function describeRequest(request: { readonly method?: string; readonly url?: string }): unknown {
  return { method: request.method, path: request.url?.replace(/\?.*$/, '') }
}

function describeResponse(response: { readonly statusCode?: number }): unknown {
  return { statusCode: response.statusCode }
}
