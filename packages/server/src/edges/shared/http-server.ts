import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { IdSource } from '@beckon/core'
import { draftOfError, type EdgeLog } from './problem/error-draft.ts'
import { HttpRefused, type ProblemDraft } from './http-refused.ts'
import { parseJsonBody } from './json/json-body.ts'
import { renderProblem } from './problem/problem.ts'
import { requestPath } from './request-path.ts'
import './request-state.ts'
import { createRouteIndex } from './route-index.ts'
import { createSendProblem } from './problem/send-problem.ts'
import { lostCallDraft } from './problem/unknown-path.ts'

export interface HttpServerOptions {
  readonly log: EdgeLog
  readonly ids: IdSource
  /** Scheme, host and port without a slash at the end. */
  readonly publicUrl: string
  /** Bytes of the largest body. */
  readonly bodyLimit?: number
  /** Speaks TLS itself; both in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Whether `X-Forwarded-*` comes from our own proxy. */
  readonly trustProxy?: boolean | string[]
}

const defaultBodyLimit = 256 * 1024
/** A parameter longer than this is refused by its schema; the router's own limit would make the path unknown. */
const longestParameter = 2000
/**
 * A request that is not all here by then is not coming; one that comes slowly must not hold a socket for ever. Ten megabytes
 * from a phone take minutes; headers alone have a minute, which is Node's own.
 */
const requestTimeout = 300_000

/** The one HTTP server of a process, on which every edge puts its routes. Every refusal of it is a problem document. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { log, ids, publicUrl, bodyLimit = defaultBodyLimit, trustProxy = false, tls } = options
  const sendProblem = createSendProblem(publicUrl)
  const routes = createRouteIndex()
  const app = Fastify({
    logger: false,
    bodyLimit,
    trustProxy,
    requestTimeout,
    ...(tls === undefined ? { http: { shouldUpgradeCallback: asksForSocket } } : { https: { ...tls, shouldUpgradeCallback: asksForSocket } }),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: () => ids.next<'request'>(),
    // Every schema is the protocol's, compiled by its own library: loading these compilers would be a tenth of the start.
    schemaController: { compilersFactory: { buildValidator: neverCompiles, buildSerializer: neverCompiles } },
    routerOptions: { maxParamLength: longestParameter, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => void sendProblem(reply, draftOfError(error, request, log)),
    clientErrorHandler: (error, socket) => answerGarbage(socket, publicUrl, ids.next<'request'>(), error.code === 'HPE_HEADER_OVERFLOW'),
  })
  app.decorateRequest('principal', undefined)
  app.decorateRequest('lacksEveryScope', undefined)
  let isClosing = false
  app.addHook('preClose', (done) => {
    isClosing = true
    done()
  })
  // A connection that is kept beyond its last answer would hold up the end until it is cut off.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close')
    done()
  })
  app.addHook('onRoute', ({ method, url }) => routes.add(method, url))
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(commonHeaders(request.id, publicUrl))
    if (isClosing) sendProblem(reply, goingAway)
    else done()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(/^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i, { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    try {
      refuseOtherCharsets(request)
      done(null, parseJsonBody(bytes))
    } catch (error) {
      done(error instanceof Error ? error : new Error('unreadable body', { cause: error }), undefined)
    }
  })
  const lost = (request: FastifyRequest, body: unknown): ProblemDraft => lostCallDraft(routes, { method: request.method, path: requestPath(request), body })
  // What is wrong with the body of a call that leads nowhere is no help to anybody.
  app.setErrorHandler((error, request, reply) => sendProblem(reply, request.lacksEveryScope ?? (request.is404 ? lost(request, undefined) : draftOfError(error, request, log))))
  app.setNotFoundHandler((request, reply) => sendProblem(reply, lost(request, request.body)))
  return app
}

/** Many clients offer h2c on each request they make (RFC 9113, section 3.1): such an offer is declined by answering as usual. */
function asksForSocket({ headers }: IncomingMessage): boolean {
  return /^websocket$/i.test(headers.upgrade ?? '')
}

/** On a connection that was kept alive: the next one leads to a node that stays. */
const goingAway: ProblemDraft = { code: 'unavailable', detail: 'The server is going away: try again.', headers: { 'retry-after': '1', connection: 'close' } }

function neverCompiles(): () => never {
  return () => {
    throw new Error('no route here has a schema of Fastify')
  }
}

function commonHeaders(requestId: string, publicUrl: string): Readonly<Record<string, string>> {
  return {
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

function refuseOtherCharsets(request: FastifyRequest): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (charset === undefined || /^utf-?8$/i.test(charset)) return
  throw new HttpRefused({ code: 'unsupported_media_type', detail: `JSON is read in UTF-8 here, not in ${charset}.` })
}

/** What does not even parse as HTTP is answered in plain bytes, and the connection ends. */
function answerGarbage(socket: Socket & { readonly parser?: unknown } | IncomingMessage['socket'], publicUrl: string, contextId: string, isTooLong: boolean): void {
  if (!socket.writable) return void socket.destroy()
  const detail = isTooLong ? 'The headers are too long.' : 'This is not HTTP.'
  const body = JSON.stringify(renderProblem({ code: 'invalid_request', detail }, { publicUrl, contextId }))
  const head = [
    `HTTP/1.1 ${isTooLong ? '431 Request Header Fields Too Large' : '400 Bad Request'}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
