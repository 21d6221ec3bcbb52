import { problems, type ProblemCode } from './errors.ts'
import { GenesysErrorBody } from './genesys/shapes/error-body.ts'
import type { Operation, OperationExample } from './rest/operation.ts'
import { refusalsOf } from './rest/refusals-of.ts'
import { scopes } from './scopes.ts'
import { servedRows } from './served-rows.ts'
import { OAuthError } from './shapes/oauth.ts'
import { Problem } from './shapes/problem.ts'

/** What an OpenAPI document of this API has at its top; below that it is OpenAPI 3.1 as specified. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: Json
  readonly servers: readonly Json[]
  readonly tags: readonly Json[]
  readonly paths: Readonly<Record<string, Json>>
  readonly components: Readonly<Record<'schemas' | 'parameters' | 'securitySchemes', Readonly<Record<string, unknown>>>>
}

export interface OpenApiInput {
  /** Scheme, host and port, without a slash at the end: `https://chat.example`. */
  readonly publicUrl: string
  readonly version: string
}

/** The description of the whole REST API, rendered from the tables that validate it. Pure: the same input, the same document. */
export function openapi({ publicUrl, version }: OpenApiInput): OpenApiDocument {
  const schemas: Record<string, unknown> = {}
  const context: Context = { publicUrl, ref: (schema) => hoist(schema, schemas) }
  const paths: Record<string, Record<string, unknown>> = {}
  for (const row of servedRows) {
    const path = (paths[row.path] ??= {})
    path[row.method.toLowerCase()] = renderOperation(row, context)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Beckon', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Web messaging that reaches a guest in whatever state they are. Ids are addresses, tokens are credentials; every refusal says what would work.',
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(servedRows.map((row) => row.tags[0]))].map((name) => ({ name })),
    paths,
    components: { schemas, parameters, securitySchemes: securitySchemes(publicUrl) },
  }
}

/** A refusal of this code as a server at this address would answer it, for documentation. */
export function exampleProblem(code: ProblemCode, publicUrl: string): Problem {
  const { status, title, example } = problems[code]
  return {
    type: `${publicUrl}/docs/errors/${code}`, title, status, ...example,
    instance: '0198a3c2-9f00-7a00-8a00-5d0e3f1a2bff', code, message: example.detail, contextId: '0198a3c2-9f00-7a00-8a00-5d0e3f1a2bff',
  }
}

type Json = Readonly<Record<string, unknown>>

interface Context {
  readonly publicUrl: string
  /** The schema as it stands in the document: a titled one as a reference to its component. */
  readonly ref: (schema: unknown) => unknown
}

const parameters = {
  'Idempotency-Key': {
    name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 200 },
    description: 'Your own id for this request. A repetition gets the first answer, marked `Idempotent-Replayed: true`.',
  },
  'If-Match': {
    name: 'If-Match', in: 'header', required: false, schema: { type: 'string' },
    description: 'The `ETag` the change is based on. Refused when it is no longer the current one.',
  },
}

const etagHeader = { ETag: { description: 'Its version, for `If-Match`.', schema: { type: 'string' } } }

function renderOperation(row: Operation, context: Context): Json {
  const { operationId, summary, tags } = row
  const description = [row.description, scopeSentence(row)].filter((part) => part !== undefined).join('\n\n')
  return {
    operationId, summary, tags,
    // Of a spelling: the operation that does the same, by its documented name.
    ...('canonical' in row ? { 'x-canonical': row.canonical } : {}),
    ...(description === '' ? {} : { description }),
    security: security(row),
    parameters: [...fieldParameters(row, context), ...headerParameters(row)],
    ...(row.body && row.method !== 'GET' ? { requestBody: requestBody(row, context) } : {}),
    responses: { ...answers(row, context), ...refusals(row, context) },
  }
}

function scopeSentence({ scopes: needed, scopeRules }: Operation): string | undefined {
  if (needed.length === 0) return undefined
  if (!scopeRules) return `Needs one of ${codeList(needed)}.`
  return scopeRules
    .map(({ when, scopes: some }) => `With \`${when.field}\`${when.equals ? ` = \`${when.equals}\`` : ''}: needs one of ${codeList(some)}.`)
    .join(' ')
}

function codeList(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

/** Alternatives: OpenAPI reads scopes beside each other as all needed, and here any one of them suffices. */
function security({ auth, scopes: needed }: Operation): readonly Json[] {
  const byToken = needed.length === 0 ? [{ token: [] }] : needed.map((scope) => ({ token: [scope] }))
  const alternatives: Readonly<Record<Operation['auth'], readonly Json[]>> = {
    none: [], client: [{ client: [] }], 'guest-jwt': [{ guest: [] }], agent: [{ desk: [] }], bearer: [...byToken, { desk: [] }],
  }
  return alternatives[auth]
}

function securitySchemes(publicUrl: string): Json {
  const allowed = Object.fromEntries(scopes.map(({ name, allows }) => [name, allows]))
  return {
    token: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: `${publicUrl}/oauth/token`, scopes: allowed } } },
    client: { type: 'http', scheme: 'basic', description: 'Client id and secret; they may stand in the body instead.' },
    guest: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: "The guest socket's getJwt." },
    desk: { type: 'apiKey', in: 'cookie', name: 'beckon_agent', description: 'Calls that change something also need the header `X-Beckon-Desk: 1`.' },
  }
}

function fieldParameters({ params, query }: Operation, { ref }: Context): readonly Json[] {
  const fields = (place: 'path' | 'query', schema: Operation['params']): readonly Json[] =>
    Object.entries(schema?.properties ?? {}).map(([name, field]) => ({
      name, in: place, required: place === 'path' || requiredOf(schema).includes(name), schema: ref(field),
    }))
  return [...fields('path', params), ...fields('query', query)]
}

function requiredOf(schema: Operation['params']): readonly string[] {
  return schema?.required ?? []
}

function headerParameters({ idempotent, ifMatch }: Operation): readonly Json[] {
  return [
    ...(idempotent ? [{ $ref: '#/components/parameters/Idempotency-Key' }] : []),
    ...(ifMatch === 'optional' ? [{ $ref: '#/components/parameters/If-Match' }] : []),
    ...(ifMatch === 'required' ? [{ ...parameters['If-Match'], required: true }] : []),
  ]
}

function requestBody(row: Operation, { ref }: Context): Json {
  const examples = exampleMap(row.examples, (example) => example.body)
  return { content: { [row.consumes ?? 'application/json']: { schema: ref(row.body), ...examples } } }
}

function answers(row: Operation, { ref }: Context): Json {
  const rendered = Object.entries(row.responses).map(([status, schema]): readonly [string, Json] => {
    const headers = row.etag ? { headers: etagHeader } : {}
    if (schema === null) return [status, { description: 'Done.', ...headers }]
    const examples = exampleMap(row.examples.filter((one) => String(one.status) === status), (one) => one.answer)
    return [status, { description: 'Done.', ...headers, content: { [row.produces ?? 'application/json']: { schema: ref(schema), ...examples } } }]
  })
  return Object.fromEntries(rendered)
}

function exampleMap(examples: readonly OperationExample[], pick: (example: OperationExample) => unknown): Json {
  const shown = examples.filter((example) => pick(example) !== undefined)
  if (shown.length === 0) return {}
  return { examples: Object.fromEntries(shown.map((example) => [example.summary, { summary: example.summary, value: pick(example) }])) }
}

function refusals(row: Operation, { publicUrl, ref }: Context): Json {
  const codes = refusalsOf(row)
  const statuses = [...new Set(codes.map((code) => problems[code].status))]
  const rendered = statuses.map((status): readonly [number, Json] => {
    if (row.auth === 'client' && status <= 401) {
      return [status, { description: 'Refused as RFC 6749, section 5.2, says.', content: { 'application/json': { schema: ref(OAuthError) } } }]
    }
    const those = codes.filter((code) => problems[code].status === status)
    const description = those.map((code) => `\`${code}\`: ${problems[code].cause}`).join('\n\n')
    if (row.tags[0] === 'Genesys Cloud') return [status, { description, content: { 'application/json': { schema: ref(GenesysErrorBody) } } }]
    const examples = Object.fromEntries(those.map((code) => [code, { value: exampleProblem(code, publicUrl) }]))
    return [status, { description, content: { 'application/problem+json': { schema: ref(Problem), examples } } }]
  })
  return Object.fromEntries(rendered)
}

function hoist(schema: unknown, components: Record<string, unknown>): unknown {
  if (Array.isArray(schema)) return schema.map((item) => hoist(item, components))
  if (typeof schema !== 'object' || schema === null) return schema
  const plain = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, hoist(value, components)]))
  if (typeof plain['title'] !== 'string') return plain
  components[plain['title']] ??= plain
  return { $ref: `#/components/schemas/${plain['title']}` }
}
