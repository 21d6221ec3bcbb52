import { problemFromAnswer } from './problem.ts'
import type { Credentials, Transport } from './transport.ts'

/** Uses one access token as it is; a function is asked before each call, so it may keep its own cache. */
export function createBearerCredentials(token: string | (() => string | Promise<string>)): Credentials {
  return {
    headers: async () => ({ authorization: `Bearer ${typeof token === 'string' ? token : await token()}` }),
    renew: () => typeof token === 'function',
  }
}

/**
 * Proves nothing by header: the browser's own agent cookie does, and the extra header keeps other sites from using it
 * (they cannot set a custom header without the server's leave).
 */
export function createAgentCookieCredentials(): Credentials {
  return { headers: async () => ({ 'x-beckon-desk': '1' }), renew: () => false }
}

export interface ClientCredentialsDeps {
  /** Reaches the token endpoint. Its own credentials are never asked: the call carries its own. */
  readonly transport: () => Transport
  readonly now: () => number
  readonly clientId: string
  readonly clientSecret: string
  /** Space-separated; narrows what the tokens may do. */
  readonly scope?: string
}

/**
 * OAuth client credentials: fetches a token when the first call needs it, shares one request among all callers that wait,
 * and renews shortly before expiry, so that no call pays for a refusal.
 */
export function createClientCredentials(deps: ClientCredentialsDeps): Credentials {
  let held: HeldToken | undefined
  let fetching: Promise<HeldToken> | undefined

  async function current(): Promise<HeldToken> {
    if (held !== undefined && deps.now() < held.renewAt) return held
    // Without the caller's signal on purpose: others wait for the same token.
    fetching ??= requestToken(deps).finally(() => {
      fetching = undefined
    })
    held = await fetching
    return held
  }

  return {
    headers: async (signal) => {
      const { value } = await orAborted(current(), signal)
      return { authorization: `Bearer ${value}` }
    },
    renew: () => {
      held = undefined
      return true
    },
  }
}

interface HeldToken {
  readonly value: string
  readonly renewAt: number
}

async function requestToken(deps: ClientCredentialsDeps): Promise<HeldToken> {
  const response = await deps.transport().send({
    method: 'POST',
    path: '/oauth/token',
    form: { grant_type: 'client_credentials', ...(deps.scope === undefined ? {} : { scope: deps.scope }) },
    authorization: basicAuthorization(deps.clientId, deps.clientSecret),
  })
  return readToken(response.text, deps.now())
}

function readToken(body: string, now: number): HeldToken {
  const answer: unknown = JSON.parse(body)
  if (typeof answer !== 'object' || answer === null || !('access_token' in answer)) {
    throw new Error(`The token endpoint answered without a token: ${problemFromAnswer(200, body).detail}`)
  }
  const lifetimeMs = 'expires_in' in answer ? Number(answer.expires_in) * 1000 : 60_000
  // A tenth of the lifetime, at most half a minute: enough for clocks that differ and for slow calls under way.
  return { value: String(answer.access_token), renewAt: now + lifetimeMs - Math.min(30_000, lifetimeMs / 10) }
}

/** RFC 6749 section 2.3.1: both parts are form-encoded before they are joined. */
export function basicAuthorization(clientId: string, clientSecret: string): string {
  const bytes = new TextEncoder().encode(`${formEncode(clientId)}:${formEncode(clientSecret)}`)
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
}

function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
