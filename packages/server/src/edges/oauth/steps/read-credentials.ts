import { oauthRefusal, type OauthRefusal } from '../oauth-refusal.ts'
import type { Parameters } from './read-parameters.ts'

/** How a client says who it is. */
export interface Credentials {
  readonly clientId: string
  readonly secret: string
  readonly by: 'basic' | 'body'
}

/** One way of authentication per request (RFC 6749, section 2.3): Basic, or the two parameters. */
export function readCredentials(authorization: string | undefined, parameters: Parameters): { readonly ok: true; readonly value: Credentials } | OauthRefusal {
  const { client_id: clientId, client_secret: secret } = parameters
  if (authorization === undefined) {
    if (clientId === undefined || secret === undefined) return invalidClient('The client did not say who it is: use Basic, or client_id and client_secret.')
    return { ok: true, value: { clientId, secret, by: 'body' } }
  }
  const basic = parseBasic(authorization)
  if (!basic) return invalidClient('The Authorization header is not Basic with a client id and its secret.')
  if (secret !== undefined) return oauthRefusal('invalid_request', 'The client authenticated twice: use either Basic or client_secret, not both.')
  if (clientId !== undefined && clientId !== basic.clientId) return oauthRefusal('invalid_request', 'client_id names another client than the Authorization header.')
  return { ok: true, value: basic }
}

/** RFC 6749, section 5.2: 401, with the scheme that can be used. */
export function invalidClient(description: string): OauthRefusal {
  return { ok: false, status: 401, error: 'invalid_client', description, headers: { 'www-authenticate': 'Basic realm="beckon", charset="UTF-8"' } }
}

const basicForm = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i

/** Both halves are form-encoded before they are joined (section 2.3.1), so that a secret may hold a colon. */
function parseBasic(authorization: string): Credentials | undefined {
  const encoded = basicForm.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const joined = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = joined.indexOf(':')
  if (colon === -1) return undefined
  const clientId = formDecode(joined.slice(0, colon))
  const secret = formDecode(joined.slice(colon + 1))
  return clientId === undefined || secret === undefined || clientId === '' ? undefined : { clientId, secret, by: 'basic' }
}

function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
