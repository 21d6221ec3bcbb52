import { canonicalPath, compileSchema, inBody, inQuery, operations, scopesFor, type Operation, type ScopeName } from '@beckon/protocol'
import type { Finding } from '../finding.ts'
import { findRow, placeOf, spellingOf, type Kind, type Match, type Place } from './find-row.ts'
import { judgeHeaders } from './judge-headers.ts'
import type { CurlRequest } from './read-curl.ts'

/** The call as Beckon documents it: its documented name, or the market leader's own, which is served as it is. */
export interface CanonicalTwin {
  readonly row: Operation
  readonly method: string
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  /** Undefined where the call has none, or it could not be read. */
  readonly body?: unknown
}

/** What can be said of a call without asking anybody. */
export interface Judged {
  readonly method: string
  readonly place: Place
  readonly answers?: { readonly row: Operation; readonly kind: Kind }
  readonly twin?: CanonicalTwin
  /** Any one of them is enough; none: none is needed. */
  readonly scopes: readonly ScopeName[]
  readonly findings: readonly Finding[]
}

export function judgeCall(request: CurlRequest): Judged {
  const place = placeOf(request.url)
  const { method } = request
  const found = findRow(method, place.path)
  if (found.found !== 'row') return { method, place, scopes: [], findings: [unserved(method, place.path, found), ...elsewhere(place)] }
  const body = readBody(request, found.row)
  const schemaFindings = [...body.findings, ...judgeQuery(found.row, place)]
  const twin = twinOf(found, place.path, body.value)
  return {
    method, place,
    answers: { row: found.row, kind: found.kind },
    ...(twin.call === undefined ? {} : { twin: twin.call }),
    scopes: scopesFor(found.row, body.value),
    findings: [named(found), ...elsewhere(place), ...judgeHeaders(request, found.row, place), ...schemaFindings, ...twin.findings],
  }
}

function unserved(method: string, path: string, found: Exclude<ReturnType<typeof findRow>, { readonly found: 'row' }>): Finding {
  if (found.found === 'path') {
    return { name: 'call', state: 'bad', told: `405: ${path} is served, but not with ${method}`, remedy: `Use ${found.methods.join(' or ')}.` }
  }
  const remedy = found.closest === undefined ? 'Every path is at /docs/api of a running server, and in docs/reference.' : `The closest that is documented: ${found.closest}`
  return { name: 'call', state: 'bad', told: `404: nothing answers ${method} ${path.slice(0, longestPath)}`, remedy }
}

const longestPath = 200

const kinds: Readonly<Record<Kind, string>> = {
  documented: 'as documented',
  spelling: 'accepted as the field spells it',
  official: 'the market leader’s own call, answered in its own shape',
}

function named({ row, kind }: Match): Finding {
  return { name: 'call', state: 'good', told: `${row.operationId}: ${row.summary} (${kinds[kind]})` }
}

function elsewhere({ host }: Place): readonly Finding[] {
  if (host === undefined || /^(?:localhost|127\.0\.0\.1)(?::|$)/.test(host)) return []
  return [{ name: 'host', state: 'skipped', told: `${host} is not asked: only the path counts here` }]
}

interface ReadBody {
  readonly value?: unknown
  readonly findings: readonly Finding[]
}

/** The body held against the schema of the row that answers, each fault where it is. */
function readBody({ body, hasBodyInFile }: CurlRequest, row: Operation): ReadBody {
  if (row.body === undefined || row.consumes !== undefined) return { findings: [] }
  if (hasBodyInFile) return { findings: [{ name: 'body', state: 'skipped', told: 'stands in a file, which is not read', remedy: 'Paste it in place of @file to have it checked.' }] }
  const parsed = parse(body?.text ?? '{}')
  const hasVariables = body?.isOpen === true
  if ('fault' in parsed) return { findings: [hasVariables ? unreadVariables : { name: 'body', state: 'bad', told: `400: the body is no JSON${parsed.fault}`, remedy: howToQuote }] }
  const schema = compileSchema(row.body, inBody)
  const faults = schema.fits(parsed.value) ? [] : schema.faults(parsed.value)
  if (faults.length > 0) return { findings: faults.map(({ pointer, detail }) => ({ name: 'body', state: 'bad', told: `400: ${pointer} ${detail}` })) }
  return { value: parsed.value, findings: [hasVariables ? unreadVariables : { name: 'body', state: 'good', told: 'fits' }] }
}

const howToQuote = 'Names and texts need double quotes; the shell needs single ones around it all.'

const unreadVariables: Finding = { name: 'body', state: 'skipped', told: 'holds variables, whose values nobody here knows' }

/** What a body says, or from where on it is no JSON, without showing what stands there. */
function parse(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    const place = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    return { fault: place === undefined ? '' : `, from its character ${Number(place) + 1} on` }
  }
}

function judgeQuery(row: Operation, { query }: Place): readonly Finding[] {
  const names = [...query.keys()].filter((name) => name !== 'access_token')
  if (row.query === undefined || names.length === 0) return []
  const known = Object.keys(row.query.properties)
  return names.filter((name) => !known.includes(name)).map((name) => ({ name: 'query', state: 'bad', told: `400: ${inQuery(`/${name}`)} is not known here`, remedy: `Known: ${known.join(', ')}` }))
}

/** A spelling is translated by its own row; everything else is its own twin. Without a body that fits there is none. */
function twinOf({ row, params }: Match, path: string, body: unknown): { readonly call?: CanonicalTwin; readonly findings: readonly Finding[] } {
  if (body === undefined && row.body !== undefined && row.consumes === undefined) return { findings: [] }
  const spelling = spellingOf(row)
  if (!spelling) return { call: { row, method: row.method, path, params, ...(body === undefined ? {} : { body }) }, findings: [] }
  const translation = spelling.translate({ params, body })
  if (!translation.ok) return { findings: translation.faults.map(({ pointer, detail }) => ({ name: 'body', state: 'bad', told: `400: ${pointer} ${detail}` })) }
  const { canonical } = spelling
  const call: CanonicalTwin = { row: operations[canonical], method: operations[canonical].method, path: canonicalPath(spelling, translation.params), params: translation.params, body: translation.body }
  return { call, findings: [{ name: 'means', state: 'good', told: `${call.method} ${call.path}` }] }
}
