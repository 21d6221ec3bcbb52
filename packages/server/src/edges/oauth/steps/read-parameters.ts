import { oauthRefusal, type OauthRefusal } from '../oauth-refusal.ts'

/** The parameters of a token request. */
export type Parameters = Readonly<Partial<Record<'grant_type' | 'scope' | 'token' | 'token_type_hint' | 'client_id' | 'client_secret', string>>>

const known = ['grant_type', 'scope', 'token', 'token_type_hint', 'client_id', 'client_secret'] as const
const longest = 4000

/** Known parameters, as text. Empty counts as left out, and unknown ones are ignored (RFC 6749, section 3.2). */
export function readParameters(body: unknown): { readonly ok: true; readonly value: Parameters } | OauthRefusal {
  if (body === undefined) return { ok: true, value: {} }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return oauthRefusal('invalid_request', 'The body must be a form or a JSON object.')
  const parameters: Partial<Record<(typeof known)[number], string>> = {}
  for (const name of known) {
    const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value
    if (value === undefined || value === '') continue
    if (typeof value !== 'string') return oauthRefusal('invalid_request', `${name} must be text.`)
    if (value.length > longest) return oauthRefusal('invalid_request', `${name} is too long.`)
    parameters[name] = value
  }
  return { ok: true, value: parameters }
}
