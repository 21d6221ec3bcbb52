/** A call that would succeed now, as a refusal suggests it. */
export interface SuggestedAction {
  readonly method: string
  /** Relative to the server's base address. */
  readonly href: string
  readonly body?: unknown
  /** Scope that the call needs. */
  readonly scope?: string
}

/** One fault of a body or parameter. */
export interface Fault {
  /** JSON Pointer as a URI fragment, e.g. `#/text`. */
  readonly pointer: string
  readonly detail: string
}

/** The body of every refusal: RFC 9457 problem details with Beckon's own members. */
export interface Problem {
  /** Address of the page that explains this code. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** Stable and made for programs: `conversation_closed`, `insufficient_scope`, … */
  readonly code: string
  readonly instance?: string
  readonly message?: string
  /** Quote it when asking the operator: the same id is in the server's log. */
  readonly contextId?: string
  readonly requiredScope?: string
  readonly grantedScopes?: readonly string[]
  readonly currentState?: unknown
  readonly errors?: readonly Fault[]
  readonly actions?: readonly SuggestedAction[]
}

/**
 * Reads a refusal out of any answer: a Beckon problem, an OAuth error (RFC 6749 section 5.2), or whatever a proxy in
 * between has sent. It never throws, because the reason for a failure must not be lost to a failure to read it.
 */
export function problemFromAnswer(status: number, body: string): Problem {
  const parsed = parseRecord(body)
  const code = text(parsed, 'code') ?? text(parsed, 'error') ?? codeOfStatus(status)
  const title = text(parsed, 'title') ?? code.replaceAll('_', ' ')
  return {
    type: text(parsed, 'type') ?? 'about:blank',
    title,
    status,
    detail: text(parsed, 'detail') ?? text(parsed, 'error_description') ?? text(parsed, 'message') ?? (excerpt(body) || title),
    code,
    ...optional('instance', text(parsed, 'instance')),
    ...optional('message', text(parsed, 'message')),
    ...optional('contextId', text(parsed, 'contextId')),
    ...optional('requiredScope', text(parsed, 'requiredScope')),
    ...optional('grantedScopes', list(parsed, 'grantedScopes', (each) => (typeof each === 'string' ? each : undefined))),
    ...optional('currentState', parsed['currentState']),
    ...optional('errors', list(parsed, 'errors', fault)),
    ...optional('actions', list(parsed, 'actions', suggestedAction)),
  }
}

function codeOfStatus(status: number): string {
  if (status === 401) return 'invalid_token'
  if (status === 404) return 'not_found'
  if (status === 429) return 'rate_limited'
  return status >= 500 ? 'unavailable' : `http_${status}`
}

function fault(value: unknown): Fault | undefined {
  const record = asRecord(value)
  const pointer = text(record, 'pointer')
  return pointer === undefined ? undefined : { pointer, detail: text(record, 'detail') ?? '' }
}

function suggestedAction(value: unknown): SuggestedAction | undefined {
  const record = asRecord(value)
  const method = text(record, 'method')
  const href = text(record, 'href')
  if (method === undefined || href === undefined) return undefined
  return { method, href, ...optional('body', record['body']), ...optional('scope', text(record, 'scope')) }
}

function parseRecord(body: string): Readonly<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(body))
  } catch {
    return {}
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function text(record: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = record[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function list<Item>(
  record: Readonly<Record<string, unknown>>,
  key: string,
  read: (value: unknown) => Item | undefined,
): readonly Item[] | undefined {
  const value = record[key]
  if (!Array.isArray(value)) return undefined
  return value.map((each) => read(each)).filter((each) => each !== undefined)
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  const empty: { [K in Key]?: Value } = {}
  return value === undefined ? empty : { ...empty, [key]: value }
}

function excerpt(body: string): string {
  return body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, 200)
}
