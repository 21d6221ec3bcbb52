import type { Operation } from '@beckon/protocol'
import type { Finding } from '../finding.ts'
import type { Place } from './find-row.ts'
import type { CurlRequest } from './read-curl.ts'
import type { ShellWord } from './shell-words.ts'

/** Who asks, in which media type, on which condition: what the headers of a call have to say, and say. */
export function judgeHeaders(request: CurlRequest, row: Operation, place: Place): readonly Finding[] {
  return [...credentials(request, row, place), ...mediaType(request, row), ...condition(request, row), ...strangers(request)]
}

/** The access token that the line carries in plain sight, if it could be one of ours. Never to be shown. */
export function tokenIn({ headers }: CurlRequest): string | undefined {
  const header = headers.get('authorization')
  const token = /^bearer +(bkt_\S+)$/i.exec(header?.text ?? '')?.[1]
  return header?.isOpen === true ? undefined : token
}

function credentials(request: CurlRequest, { auth }: Operation, { query }: Place): readonly Finding[] {
  if (auth === 'none') return []
  if (query.has('access_token')) return [bad('a token in the query is never read: it would end up in logs', 'Send it as -H "Authorization: Bearer $TOKEN".')]
  const header = request.headers.get('authorization')
  if (auth === 'client') return hasClient(request) ? [] : [bad('this call needs the credentials of a client', 'Add -u "$CLIENT_ID:$CLIENT_SECRET".')]
  if (auth === 'agent') return request.headers.has('cookie') ? [] : [bad('this call is for the desk: it needs the cookie of a sign-in', 'Programs have no use for it.')]
  if (!header) return [bad(request.hasUser ? '-u sends Basic credentials, and this call needs an access token' : 'the line carries no access token', 'Add -H "Authorization: Bearer $(npx beckon token)".')]
  return [judgeBearer(header)]
}

function hasClient({ hasUser, headers, body }: CurlRequest): boolean {
  return hasUser || headers.has('authorization') || /client_secret/.test(body?.text ?? '')
}

function judgeBearer({ text, isOpen }: ShellWord): Finding {
  if (!/^bearer\b/i.test(text) && !isOpen) return bad('the Authorization header must carry a Bearer token', 'Write -H "Authorization: Bearer $TOKEN".')
  if (isOpen) return { name: 'token', state: 'skipped', told: 'stands in a variable, whose value nobody here knows' }
  if (/^bearer +bkt_[A-Za-z0-9\-._~+/]{10,500}=*$/i.test(text)) return { name: 'token', state: 'good', told: 'looks like an access token' }
  return bad('what stands behind Bearer is no access token of Beckon', 'Get one: npx beckon token')
}

function bad(told: string, remedy: string): Finding {
  return { name: 'token', state: 'bad', told: `401: ${told}`, remedy }
}

/** The commonest mistake with curl: `-d` says form unless told otherwise. */
function mediaType({ headers, body, hasBodyInFile }: CurlRequest, row: Operation): readonly Finding[] {
  if ((body === undefined && !hasBodyInFile) || row.body === undefined) return []
  const type = headers.get('content-type')
  if (row.consumes !== undefined) return []
  if (!type) return [{ name: 'header', state: 'bad', told: '415: without a Content-Type, curl says that -d is a form', remedy: 'Add -H "Content-Type: application/json", or use --json in place of -d.' }]
  if (type.isOpen || /^application\/(?:[\w.-]+\+)?json\b/i.test(type.text)) return []
  return [{ name: 'header', state: 'bad', told: '415: the Content-Type is not JSON', remedy: 'Write -H "Content-Type: application/json".' }]
}

function condition({ headers }: CurlRequest, { ifMatch }: Operation): readonly Finding[] {
  if (ifMatch !== 'required' || headers.has('if-match')) return []
  return [{ name: 'header', state: 'bad', told: '428: this change needs If-Match', remedy: 'Read it first, and send its ETag: -H \'If-Match: "7"\'. If-Match: * overwrites knowingly.' }]
}

function strangers({ headers }: CurlRequest): readonly Finding[] {
  const names = [...headers.keys()].filter((name) => /^(?:x-genesys|genesys-|inin-|x-organization)/.test(name))
  return names.length === 0 ? [] : [{ name: 'header', state: 'good', told: `${names.join(', ')}: not needed, and ignored` }]
}
