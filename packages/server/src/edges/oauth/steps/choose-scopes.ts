import { isScope, type OAuthClient, type Scope } from '@beckon/core'
import { oauthRefusal, type OauthRefusal } from '../oauth-refusal.ts'

/** What the token may do: everything the client may, or the part it asks for (RFC 6749, section 3.3). */
export function chooseScopes({ scopes }: OAuthClient, asked: string | undefined): { readonly ok: true; readonly value: readonly Scope[] } | OauthRefusal {
  if (asked === undefined) return { ok: true, value: scopes }
  const names = [...new Set(asked.split(' ').filter((name) => name !== ''))]
  const known = names.filter(isScope)
  const unknown = names.filter((name) => !isScope(name))
  if (unknown.length > 0) return oauthRefusal('invalid_scope', `There is no scope ${unknown.join(', ').slice(0, 200)}.`)
  const missing = known.filter((name) => !scopes.includes(name))
  if (missing.length > 0) return oauthRefusal('invalid_scope', `This client may not have ${missing.join(', ')}.`)
  return { ok: true, value: known.length === 0 ? scopes : known }
}
