import { tokenState, type AccessToken } from '@beckon/core'
import type { Introspection } from '@beckon/protocol'
import type { OauthDeps } from '../oauth-deps.ts'
import { oauthRefusal } from '../oauth-refusal.ts'
import type { OauthEndpoint } from './oauth-endpoint.ts'

/**
 * RFC 7662. Any client of this server may ask about any token of it: they all belong to the same business, and a
 * resource server asks about tokens that others were given. Of a token that does not count, nothing but that is told.
 */
export function introspectToken({ reader, clock, secrets, publicUrl }: Pick<OauthDeps, 'reader' | 'clock' | 'secrets' | 'publicUrl'>): OauthEndpoint<Introspection> {
  return {
    check: ({ token }) => (token === undefined ? oauthRefusal('invalid_request', 'token is missing.') : undefined),
    async answer({ parameters: { token: secret = '' } }) {
      const token = await reader.accessToken(secrets.hash(secret))
      const owner = token && (await reader.oauthClient(token.clientId))
      if (!token || !owner || tokenState(token, clock.now()) !== 'active') return { ok: true, value: { active: false } }
      const scopes = token.scopes.filter((scope) => owner.scopes.includes(scope))
      return { ok: true, value: describe({ ...token, scopes }, publicUrl) }
    },
  }
}

function describe({ clientId, scopes, issuedAt, expiresAt }: AccessToken, issuer: string): Introspection {
  return {
    active: true,
    scope: scopes.join(' '),
    client_id: clientId,
    token_type: 'Bearer',
    exp: Math.floor(expiresAt / 1000),
    iat: Math.floor(issuedAt / 1000),
    sub: clientId,
    iss: issuer,
  }
}
