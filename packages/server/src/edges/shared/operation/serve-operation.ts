import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { Secrets } from '@beckon/core'
import { scopesFor, type Operation } from '@beckon/protocol'
import { accepts } from '../accepts.ts'
import type { Authenticate, Authenticated } from '../authenticate.ts'
import { parseIfMatch, isUnchanged } from './entity-tag.ts'
import { bindIdempotency, parseIdempotencyKey } from './idempotency.ts'
import { invalidRequestDraft, rateLimitedDraft, type ProblemDraft } from '../http-refused.ts'
import type { AnswerExtras, AnyAnswer, CallOf, HandlerOf } from './operation-call.ts'
import type { Principal } from '../principal.ts'
import { requestPath } from '../request-path.ts'
import type { RateLimiter } from '../limits/rate-limiter.ts'
import { problemOf, readAgain } from '../problem/refusal-problem.ts'
import { createRequestReader, type RequestReader } from './request-reader.ts'
import { insufficientScope, sufficientScope } from './scope-check.ts'
import { createSendProblem, type SendProblem } from '../problem/send-problem.ts'

export interface ServeDeps {
  readonly authenticate: Authenticate
  readonly secrets: Pick<Secrets, 'hash'>
  readonly publicUrl: string
  /** Requests per principal; absent: as many as they like. */
  readonly limiter?: RateLimiter | undefined
  /** How refusals go over the wire; RFC 9457 unless said. */
  readonly sendProblem?: SendProblem
}

export type Serve = <O extends Operation>(operation: O, handler: HandlerOf<O>) => void

/**
 * Puts rows of the API on the server. Every one of them is checked in the same order, so that permission
 * never depends on state nor on what is wrong with the body: 401, 403, 429, 406, then the parts of the request
 * (404, 400), preconditions (428, 409), and only then the command.
 */
export function createServe(app: FastifyInstance, deps: ServeDeps): Serve {
  const sendProblem = deps.sendProblem ?? createSendProblem(deps.publicUrl)
  const underWay = new Set<string>()
  return (operation, handler) => {
    const step: Step = { ...deps, operation, sendProblem, underWay, read: createRequestReader(operation) }
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      exposeHeadRoute: operation.method === 'GET' && operation.produces === undefined,
      onRequest: (request, reply, done) => letIn(step, request, reply, done),
      handler: (request, reply) => handle(step, handler, request, reply),
    })
  }
}

interface Step extends ServeDeps {
  readonly operation: Operation
  readonly sendProblem: SendProblem
  /** Idempotency keys of requests that are not answered yet. */
  readonly underWay: Set<string>
  readonly read: RequestReader
}

function letIn(step: Step, request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const { auth } = step.operation
  if (auth !== 'bearer' && auth !== 'agent') return judge(step, { request, reply, done })
  const { method, headers, query } = request
  const hasTokenInQuery = typeof query === 'object' && query !== null && 'access_token' in query
  const outcome = step.authenticate({ method, headers, hasTokenInQuery }, auth)
  const go = (authenticated: Authenticated): void => {
    if (!authenticated.ok) return void step.sendProblem(reply, authenticated.draft)
    request.principal = authenticated.principal
    judge(step, { request, reply, done })
  }
  if (outcome instanceof Promise) outcome.then(go).catch(done)
  else go(outcome)
}

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly done: HookHandlerDoneFunction
}

/** Scope, rate, media type: everything that can be said before the body is here. */
function judge(step: Step, { request, reply, done }: Visit): void {
  const { principal } = request
  const { operation, limiter, sendProblem } = step
  const lacking = principal && insufficientScope(principal, operation, operation.scopes)
  // Where the scope depends on the body, a caller with none of them is told after it was read, to name the right one.
  if (lacking && operation.scopeRules === undefined) return void sendProblem(reply, lacking)
  request.lacksEveryScope = lacking
  const limited = principal && limiter && spend(limiter, principal, reply)
  if (limited) return void sendProblem(reply, limited)
  const mediaType = operation.produces ?? 'application/json'
  if (accepts(request.headers.accept, mediaType)) return done()
  sendProblem(reply, notAcceptable(step, request, mediaType))
}

function notAcceptable({ operation }: Step, { method, url, principal }: FastifyRequest, mediaType: string): ProblemDraft {
  const scope = principal && sufficientScope(principal, operation.scopes)
  const again = { method, href: url, ...(scope === undefined ? {} : { scope }) }
  return { code: 'not_acceptable', detail: `This is served as ${mediaType} only.`, ...(method === 'GET' ? { actions: [again] } : {}) }
}

function spend(limiter: RateLimiter, principal: Principal, reply: FastifyReply): ProblemDraft | undefined {
  const { isAllowed, left, resetSeconds } = limiter.take(`${principal.kind}:${principal.id}`)
  reply.header('ratelimit-policy', limiter.policy).header('ratelimit', `"default";r=${left};t=${resetSeconds}`)
  if (isAllowed) return undefined
  return rateLimitedDraft(`Too many requests. There will be room for the next in ${resetSeconds} s.`, resetSeconds)
}

async function handle<O extends Operation>(step: Step, handler: HandlerOf<O>, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { operation, sendProblem, underWay } = step
  const { principal, body = {} } = request
  const lacking = operation.scopeRules && principal && insufficientScope(principal, operation, scopesFor(operation, body))
  if (lacking) return sendProblem(reply, lacking)
  const read = readCall<O>(step, request, reply)
  if (!read.ok) return sendProblem(reply, read.draft)
  const key = read.call.idempotency?.key
  if (key !== undefined && underWay.has(key)) return sendProblem(reply, stillInProgress)
  try {
    if (key !== undefined) underWay.add(key)
    return sendAnswer(step, read.call, await handler(read.call))
  } finally {
    if (key !== undefined) underWay.delete(key)
  }
}

const stillInProgress: ProblemDraft = {
  code: 'idempotency_in_progress',
  detail: 'The first request with this key has not been answered yet.',
  headers: { 'retry-after': '1' },
}

type Read<O extends Operation> = { readonly ok: true; readonly call: CallOf<O> } | { readonly ok: false; readonly draft: ProblemDraft }

function readCall<O extends Operation>(step: Step, request: FastifyRequest, reply: FastifyReply): Read<O> {
  const parts = step.read(request)
  if (!parts.ok) return parts
  const path = requestPath(request)
  const conditions = readConditions(step, request, parts.body)
  if (!conditions.ok) return conditions
  const { params, query, body } = parts
  const call = { params, query, body, principal: request.principal, path, request, reply, ...conditions.value }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the operation's schemas have just said so
  return { ok: true, call: call as unknown as CallOf<O> }
}

type Conditions = Pick<CallOf<Operation>, 'ifVersion' | 'idempotency'>

/** Under which conditions the call is to be carried out at all: only this version, only once. */
function readConditions(step: Step, request: FastifyRequest, body: unknown): { readonly ok: true; readonly value: Conditions } | { readonly ok: false; readonly draft: ProblemDraft } {
  const { operation } = step
  const ifMatch = operation.ifMatch === undefined ? 'absent' : parseIfMatch(request.headers['if-match'])
  if (ifMatch === 'malformed') return { ok: false, draft: invalidRequestDraft([{ pointer: 'If-Match', detail: 'must be one ETag in its quotes, or *' }]) }
  if (ifMatch === 'absent' && operation.ifMatch === 'required') return { ok: false, draft: matchRequired(requestPath(request)) }
  const version = ifMatch === 'absent' ? {} : ifMatch
  const header = request.headers['idempotency-key']
  if (!operation.idempotent || header === undefined || !request.principal) return { ok: true, value: version }
  const key = typeof header === 'string' ? parseIdempotencyKey(header) : undefined
  if (key === undefined) return { ok: false, draft: invalidRequestDraft([badKey]) }
  const { principal, method } = request
  const idempotency = bindIdempotency(step.secrets, key, { principal, operationId: operation.operationId, method, path: requestPath(request), body })
  return { ok: true, value: { ...version, idempotency } }
}

const badKey = { pointer: 'Idempotency-Key', detail: 'must be 1 to 200 visible ASCII characters, in quotes or bare' }

function matchRequired(path: string): ProblemDraft {
  return {
    code: 'precondition_required',
    detail: 'This change needs If-Match with the ETag of what it is based on.',
    actions: readAgain(path),
  }
}

function sendAnswer(step: Step, call: CallOf<Operation>, answer: AnyAnswer): FastifyReply {
  const { reply, principal, path, body } = call
  if ('hijacked' in answer) return reply
  if ('draft' in answer) return step.sendProblem(reply, answer.draft)
  if ('refusal' in answer) {
    const scope = principal && sufficientScope(principal, scopesFor(step.operation, body))
    return step.sendProblem(reply, problemOf(answer.refusal, { method: call.request.method, path, body, scope }))
  }
  setHeaders(reply, answer)
  if (answer.etag !== undefined && call.request.method !== 'PATCH' && isUnchanged(call.request.headers['if-none-match'], answer.etag)) {
    return reply.code(304).send()
  }
  if (answer.body === undefined || answer.body === null) return reply.code(answer.status).send()
  return reply.code(answer.status).type('application/json; charset=utf-8').send(JSON.stringify(answer.body))
}

function setHeaders(reply: FastifyReply, { etag, replayed, headers }: AnswerExtras): void {
  // What has a tag may be kept, and asked about again each time; everything else is true only now.
  reply.header('cache-control', etag === undefined ? 'no-store' : 'private, no-cache')
  if (etag !== undefined) reply.header('etag', etag)
  if (replayed) reply.header('idempotent-replayed', 'true')
  if (headers) reply.headers(headers)
}
