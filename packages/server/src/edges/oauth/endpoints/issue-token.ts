import type { TokenAnswer } from '@beckon/protocol'
import type { OauthDeps } from '../oauth-deps.ts'
import { oauthRefusal } from '../oauth-refusal.ts'
import { chooseScopes } from '../steps/choose-scopes.ts'
import type { OauthEndpoint } from './oauth-endpoint.ts'

/** RFC 6749, section 4.4: client credentials, the one grant there is. */
export function issueToken({ useCases }: Pick<OauthDeps, 'useCases'>): OauthEndpoint<TokenAnswer> {
  return {
    check: ({ grant_type: grantType }) => {
      if (grantType === undefined) return oauthRefusal('invalid_request', 'grant_type is missing.')
      if (grantType !== 'client_credentials') return oauthRefusal('unsupported_grant_type', 'Only client_credentials is served here.')
      return undefined
    },
    async answer({ client, parameters }) {
      const scopes = chooseScopes(client, parameters.scope)
      if (!scopes.ok) return scopes
      const { secret, token } = await useCases.issueToken({ client, scopes: scopes.value })
      return {
        ok: true,
        value: { access_token: secret, token_type: 'Bearer', expires_in: Math.floor((token.expiresAt - token.issuedAt) / 1000), scope: token.scopes.join(' ') },
      }
    },
  }
}
