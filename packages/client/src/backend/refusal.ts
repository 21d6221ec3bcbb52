import type { Fault, Problem, SuggestedAction } from './problem.ts'

/** The call that was refused or did not get through. */
export interface FailedCall {
  readonly method: string
  readonly path: string
  /** Present when the call carried one: repeat the call with it, and it still counts once. */
  readonly idempotencyKey?: string
  /** How often it was tried, the first time included. */
  readonly attempts: number
}

/**
 * The server said no. Everything it said is here, and `message` puts it in a few readable lines.
 *
 * @example
 * try {
 *   await beckon.sendToConversation(conversationId, { text: 'Still there?', policy: { whenClosed: 'reject' } })
 * } catch (error) {
 *   if (error instanceof BeckonRefusal && error.code === 'conversation_closed') {
 *     console.log(error.actions); // the calls that would work, e.g. reopening
 *   } else throw error
 * }
 */
export class BeckonRefusal extends Error {
  override readonly name = 'BeckonRefusal'
  /** HTTP status: 400, 401, 403, 404, 409, 410, 412, 422, 428, 429 or 503. */
  readonly status: number
  /** Stable code, e.g. `insufficient_scope`. Decide by this, never by the message. */
  readonly code: string
  /** On 403: the scope that is missing. */
  readonly requiredScope: string | undefined
  /** On 403: the scopes that the token has. */
  readonly grantedScopes: readonly string[]
  /** The state that the server found, when the refusal is about state. */
  readonly currentState: unknown
  /** Calls that would succeed now. Empty when there are none. */
  readonly actions: readonly SuggestedAction[]
  /** On 400: where the body or a parameter is at fault. Empty otherwise. */
  readonly errors: readonly Fault[]
  /** Id of this request in the server's log. */
  readonly contextId: string | undefined
  /** On 429, 503 and 409 `idempotency_in_progress`: seconds after which trying again makes sense. */
  readonly retryAfterSeconds: number | undefined
  /** The problem as received. */
  readonly problem: Problem
  readonly call: FailedCall

  constructor(problem: Problem, call: FailedCall, retryAfterSeconds?: number) {
    super(describe(problem, call))
    this.status = problem.status
    this.code = problem.code
    this.requiredScope = problem.requiredScope
    this.grantedScopes = problem.grantedScopes ?? []
    this.currentState = problem.currentState
    this.actions = problem.actions ?? []
    this.errors = problem.errors ?? []
    this.contextId = problem.contextId
    this.retryAfterSeconds = retryAfterSeconds
    this.problem = problem
    this.call = call
  }
}

/**
 * No answer came, however often it was tried: the server is down, the name does not resolve, or the network is cut.
 * `cause` holds the last failure. Whether the call took effect is unknown; repeating it with `call.idempotencyKey` is safe.
 */
export class BeckonUnreachable extends Error {
  override readonly name = 'BeckonUnreachable'
  readonly url: string
  readonly call: FailedCall

  constructor(url: string, call: FailedCall, cause: unknown) {
    const times = call.attempts === 1 ? 'once' : `${call.attempts} times`
    super(`No answer from ${url} (${call.method} ${call.path}, tried ${times}): ${reasonOf(cause)}`, { cause })
    this.url = url
    this.call = call
  }
}

function describe(problem: Problem, call: FailedCall): string {
  const lines = [`${problem.status} ${problem.code}: ${problem.detail}`]
  for (const { pointer, detail } of problem.errors ?? []) lines.push(`  at ${pointer}: ${detail}`)
  if (problem.requiredScope !== undefined && !problem.detail.includes(problem.requiredScope)) {
    lines.push(`  needs the scope ${problem.requiredScope}; granted: ${problem.grantedScopes?.join(' ') || 'none'}`)
  }
  for (const action of problem.actions ?? []) lines.push(`  would work now: ${describeAction(action)}`)
  lines.push(`  (${call.method} ${call.path}${problem.contextId === undefined ? '' : `, contextId ${problem.contextId}`})`)
  return lines.join('\n')
}

function describeAction({ method, href, body, scope }: SuggestedAction): string {
  const withBody = body === undefined ? '' : ` ${JSON.stringify(body)}`
  return `${method} ${href}${withBody}${scope === undefined ? '' : ` (scope ${scope})`}`
}

/** fetch hides the useful part ("ECONNREFUSED") in the cause of a bare "fetch failed". */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  if (cause.cause instanceof Error && cause.cause.message !== '') return cause.cause.message
  const nested = cause.cause
  if (typeof nested === 'object' && nested !== null && 'code' in nested) return String(nested.code)
  return cause.message
}
