import { between, IdentityProviderUnavailable, minutes, seconds, type Clock, type Instant } from '@beckon/core'
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** What this adapter asks of the network; the guard that stands behind it is chosen by whoever assembles the server. */
export type ProviderFetch = (request: {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}) => Promise<{ readonly status: number; readonly text: string }>

/** What a provider says of itself (OpenID Connect Discovery 1.0, section 3), as far as it matters here. */
export interface ProviderMetadata {
  readonly issuer: string
  readonly tokenEndpoint: string
  readonly jwksUri: string
  readonly signingAlgorithms: readonly string[]
  readonly takesBasicCredentials: boolean
}

export interface ProviderDocuments {
  metadata(issuer: string): Promise<ProviderMetadata>
  /** `isStale`: a signature named a key that is not among those that are known. */
  keys(issuer: string, isStale: boolean): Promise<JWTVerifyGetKey>
}

/** A secret shared with the provider must not vouch for guests: whoever could read it could be anybody. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

const keptFor = minutes(10)
/** Nobody makes this server ask for keys more often than this by naming ones that do not exist. */
const keysKeptAtLeast = seconds(30)

interface Kept<T> {
  readonly at: Instant
  readonly value: Promise<T>
}

/** Reads what providers publish, and keeps it for a while. Rejects with `IdentityProviderUnavailable`. */
export function createProviderDocuments(fetch: ProviderFetch, clock: Clock): ProviderDocuments {
  const known = new Map<string, Kept<ProviderMetadata>>()
  const keySets = new Map<string, Kept<JWTVerifyGetKey>>()
  const keep = <T>(kept: Map<string, Kept<T>>, key: string, { longest, read }: { readonly longest: number; readonly read: () => Promise<T> }): Promise<T> => {
    const now = clock.now()
    const held = kept.get(key)
    if (held && between(held.at, now) < longest) return held.value
    const value = read()
    kept.set(key, { at: now, value })
    value.catch(() => {
      if (kept.get(key)?.value === value) kept.delete(key)
    })
    return value
  }
  const metadata = (issuer: string): Promise<ProviderMetadata> => keep(known, issuer, { longest: keptFor, read: () => discover(fetch, issuer) })
  return {
    metadata,
    keys: (issuer, isStale) =>
      keep(keySets, issuer, { longest: isStale ? keysKeptAtLeast : keptFor, read: async () => readKeys(fetch, (await metadata(issuer)).jwksUri) }),
  }
}

async function discover(fetch: ProviderFetch, issuer: string): Promise<ProviderMetadata> {
  const found = await readJson(fetch, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const { issuer: named, token_endpoint: tokenEndpoint, jwks_uri: jwksUri } = found
  if (named !== issuer) throw new IdentityProviderUnavailable(`the provider at ${issuer} calls itself ${String(named)}`)
  if (typeof tokenEndpoint !== 'string' || typeof jwksUri !== 'string') throw new IdentityProviderUnavailable(`the provider at ${issuer} names no token endpoint or no keys`)
  const offered = texts(found['id_token_signing_alg_values_supported'], ['RS256'])
  const methods = texts(found['token_endpoint_auth_methods_supported'], ['client_secret_basic'])
  return {
    issuer, tokenEndpoint, jwksUri,
    signingAlgorithms: algorithms.filter((one) => offered.includes(one)),
    takesBasicCredentials: methods.includes('client_secret_basic') || !methods.includes('client_secret_post'),
  }
}

async function readKeys(fetch: ProviderFetch, uri: string): Promise<JWTVerifyGetKey> {
  const set = await readJson(fetch, uri)
  try {
    // The library looks at what it is given before it believes it.
    return createLocalJWKSet(set as unknown as JSONWebKeySet)
  } catch (cause) {
    throw new IdentityProviderUnavailable(`${uri} holds no keys`, { cause })
  }
}

async function readJson(fetch: ProviderFetch, url: string): Promise<Readonly<Record<string, unknown>>> {
  const { status, text } = await ask(fetch, { url })
  const found = status === 200 ? parseObject(text) : undefined
  if (!found) throw new IdentityProviderUnavailable(`${url} answered ${status}${status === 200 ? ' with something that is no JSON object' : ''}`)
  return found
}

/** Whatever keeps the network from answering says nothing about the guest. */
export async function ask(fetch: ProviderFetch, request: Parameters<ProviderFetch>[0]): ReturnType<ProviderFetch> {
  try {
    return await fetch(request)
  } catch (cause) {
    throw new IdentityProviderUnavailable(`${request.url} did not answer`, { cause })
  }
}

export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function texts(value: unknown, otherwise: readonly string[]): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : otherwise
}
