import type { MyToken } from '@beckon/protocol'
import type { Handler } from '../../shared/operation/operation-call.ts'
import type { Principal } from '../../shared/principal.ts'
import { timeOf } from '../../shared/time-text.ts'
import type { OauthDeps } from '../oauth-deps.ts'

export function getMyToken({ publicUrl }: Pick<OauthDeps, 'publicUrl'>): Handler<'get-my-token'> {
  const { host } = new URL(publicUrl)
  const organization = { id: host, name: `Beckon at ${host}` }
  return ({ principal }) => {
    const { kind, id, name, scopes, issuedAt, expiresAt } = principal
    const said = { kind, id, name, scopes, ...(issuedAt === undefined ? {} : { issuedAt: timeOf(issuedAt) }), expiresAt: timeOf(expiresAt) }
    return Promise.resolve({ status: 200, body: { ...said, ...renderTokenInfo(principal, organization) } })
  }
}

/** The same in the words of the market leader's SDK, whose `TokenInfo` this is as well. */
function renderTokenInfo({ kind, id, name, scopes }: Principal, organization: { readonly id: string; readonly name: string }): Partial<MyToken> {
  return {
    organization, homeOrganization: organization, authorizedScope: scopes,
    ...(kind === 'client' ? { OAuthClient: { id, name, scope: scopes, authorizedGrantType: 'CLIENT-CREDENTIALS', state: 'active', organization } } : {}),
  }
}
