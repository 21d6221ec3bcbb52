import { scopesByRole, tokenState, type AccessToken, type Bus, type Clock, type Instant, type OAuthClient, type Reader, type Scope, type Secrets } from '@beckon/core'
import { readAgentCookie, deskHeader } from './agent-cookie.ts'
import { createBoundedMap } from './bounded-map.ts'
import type { ProblemDraft } from './http-refused.ts'
import type { Principal } from './principal.ts'
import { timeOf } from './time-text.ts'

/** What of a request says who is asking. */
export interface Presented {
  readonly method: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Whether the caller put a token into the query, where it would end up in logs (RFC 6750, section 5.3). */
  readonly hasTokenInQuery: boolean
}

export type Authenticated = { readonly ok: true; readonly principal: Principal } | { readonly ok: false; readonly draft: ProblemDraft }

/** Which credential counts: a program's access token or the desk's cookie, or the cookie alone. */
export type Accepted = 'bearer' | 'agent'

/** Answers at once for a credential that was seen within the last second, else when the store has answered. */
export type Authenticate = (presented: Presented, accepted: Accepted) => Authenticated | Promise<Authenticated>

export interface AuthenticateDeps {
  readonly reader: Pick<Reader, 'accessToken' | 'oauthClient' | 'agentSession' | 'agent'>
  readonly clock: Clock
  readonly secrets: Pick<Secrets, 'hash'>
  readonly bus: Pick<Bus, 'subscribe'>
}

export function createAuthenticate(deps: AuthenticateDeps): Authenticate {
  const recall = createRecall(deps)
  return (presented, accepted) => {
    const { authorization } = presented.headers
    if (accepted === 'bearer' && typeof authorization === 'string') return bearer(deps, recall, authorization)
    const cookie = typeof presented.headers['cookie'] === 'string' ? readAgentCookie(presented.headers['cookie']) : undefined
    if (cookie === undefined) return no(absent(presented, accepted))
    if (presented.method !== 'GET' && presented.method !== 'HEAD' && presented.headers[deskHeader] !== '1') {
      return no('A desk cookie counts on a changing call only beside the header X-Beckon-Desk: 1.')
    }
    return desk(deps, recall, cookie)
  }
}

/** What the store said about a credential: who it is, and until when, or why not. */
type Known = { readonly principal: Principal } | { readonly because: string }

type Recall = (key: string, look: () => Promise<Known>) => Known | Promise<Known>

const freshFor = 1000
const mostRemembered = 10_000

/**
 * Answers of the store, remembered for a second at most and forgotten at the first hint that access changed: on this
 * node a revocation counts at once. An answer that was under way when the hint came is not remembered.
 */
function createRecall({ bus, clock }: AuthenticateDeps): Recall {
  const remembered = createBoundedMap<string, { readonly known: Known; readonly at: number }>(mostRemembered)
  let changes = 0
  bus.subscribe((hint) => {
    if (hint.kind !== 'access-changed') return
    changes += 1
    remembered.clear()
  })
  return (key, look) => {
    const hit = remembered.get(key)
    const now = clock.now()
    if (hit && now - hit.at < freshFor) return hit.known
    const before = changes
    return look().then((known) => {
      if (changes === before) remembered.set(key, { known, at: now })
      return known
    })
  }
}

const tokenSyntax = /^bkt_[A-Za-z0-9\-._~+/]{10,500}=*$/

function bearer(deps: AuthenticateDeps, recall: Recall, authorization: string): Authenticated | Promise<Authenticated> {
  const [scheme, token, ...rest] = authorization.trim().split(/ +/)
  if (scheme?.toLowerCase() !== 'bearer') return no(`The Authorization header must carry a Bearer token, not ${scheme ? 'another scheme' : 'nothing'}.`)
  if (token === undefined || rest.length > 0 || !tokenSyntax.test(token)) return no('The access token is malformed.', 'invalid_token')
  const hash = deps.secrets.hash(token)
  return settle(deps.clock, recall(hash, () => lookUpToken(deps, hash)))
}

async function lookUpToken({ reader, clock }: AuthenticateDeps, hash: string): Promise<Known> {
  const token = await reader.accessToken(hash)
  if (!token) return { because: 'The access token is not known here: it was never issued, or it expired long ago.' }
  const state = tokenState(token, clock.now())
  if (state === 'revoked') return { because: `The access token was revoked${token.revokedAt === undefined ? '' : ` at ${timeOf(token.revokedAt)}`}.` }
  if (state === 'expired') return { because: expired('access token', token.expiresAt) }
  const client = await reader.oauthClient(token.clientId)
  if (!client) return { because: 'The access token was revoked: its client was deleted.' }
  return { principal: principalOf(token, client) }
}

/** Scopes that were taken away from a client are gone from its living tokens too. */
function principalOf(token: AccessToken, client: OAuthClient): Principal {
  const scopes: readonly Scope[] = token.scopes.filter((scope) => client.scopes.includes(scope))
  return { kind: 'client', id: client.id, name: client.name, scopes, issuedAt: token.issuedAt, expiresAt: token.expiresAt }
}

function desk(deps: AuthenticateDeps, recall: Recall, cookie: string): Authenticated | Promise<Authenticated> {
  const hash = deps.secrets.hash(cookie)
  return settle(deps.clock, recall(`desk ${hash}`, () => lookUpAgent(deps, hash)))
}

async function lookUpAgent({ reader, clock }: AuthenticateDeps, hash: string): Promise<Known> {
  const session = await reader.agentSession(hash)
  if (!session) return { because: 'The desk sign-in is not known here: it ended, or never was.' }
  if (session.expiresAt <= clock.now()) return { because: expired('desk sign-in', session.expiresAt) }
  const agent = await reader.agent(session.agentId)
  if (!agent) return { because: 'The agent of this desk sign-in was deleted.' }
  return { principal: { kind: 'agent', id: agent.id, name: agent.displayName, scopes: scopesByRole[agent.role], expiresAt: session.expiresAt } }
}

function settle(clock: Clock, known: Known | Promise<Known>): Authenticated | Promise<Authenticated> {
  return known instanceof Promise ? known.then((one) => judge(clock, one)) : judge(clock, known)
}

/** A remembered principal may have expired within its second. */
function judge(clock: Clock, known: Known): Authenticated {
  if ('because' in known) return no(known.because, 'invalid_token')
  const { principal } = known
  if (principal.expiresAt > clock.now()) return { ok: true, principal }
  return no(expired(principal.kind === 'agent' ? 'desk sign-in' : 'access token', principal.expiresAt), 'invalid_token')
}

function expired(credential: string, at: Instant): string {
  return `The ${credential} expired at ${timeOf(at)}.`
}

function absent({ hasTokenInQuery }: Presented, accepted: Accepted): string {
  if (accepted === 'agent') return 'There is no desk sign-in with this call: sign in with POST /api/v2/agents/login.'
  if (hasTokenInQuery) return 'A token in the query is not accepted: it would end up in logs. Send it in the Authorization header.'
  return 'There is no access token with this call: send Authorization: Bearer <token>.'
}

/** RFC 6750, section 3.1: a call without any credential is challenged without an error code. */
function no(detail: string, error?: 'invalid_token'): Authenticated {
  const challenge = error === undefined ? 'Bearer realm="beckon"' : `Bearer realm="beckon", error="${error}", error_description="${detail}"`
  return { ok: false, draft: { code: 'invalid_token', detail, headers: { 'www-authenticate': challenge } } }
}
