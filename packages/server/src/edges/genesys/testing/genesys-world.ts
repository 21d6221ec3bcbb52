import type { FastifyInstance } from 'fastify'
import { allScopes, must, toId, type ConversationId, type DeploymentSettings, type Role, type Scope } from '@beckon/core'
import { scenario, type Scenario } from '@beckon/core/testing'
import { genesysOperations, GenesysErrorBody, type Operation } from '@beckon/protocol'
import { Compile } from 'typebox/compile'
import { createAuthenticate } from '../../shared/authenticate.ts'
import { createHttpServer } from '../../shared/http-server.ts'
import { createRateLimiter, type Rate } from '../../shared/limits/rate-limiter.ts'
import { registerGenesys } from '../register.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** The parsed body; an empty object where there is none. */
  readonly body: ReturnType<typeof JSON.parse>
}

export interface Request {
  readonly body?: unknown
  /** Sent as it is, instead of a JSON body. */
  readonly payload?: string
  /** Instead of the token that may do everything; null sends none. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** The edge on a memory store, and the guest of a scenario. */
export interface GenesysWorld extends AsyncDisposable {
  readonly at: Scenario
  readonly app: FastifyInstance
  /** May do everything. */
  readonly token: string
  /** Calls as the market leader's SDK does, and holds every answer against its row. */
  call(route: string, request?: Request): Promise<Answer>
  tokenWith(scopes: readonly Scope[]): Promise<string>
  deskCookie(role: Role): Promise<string>
  /** The guest writes; their conversation. */
  aConversation(): Promise<ConversationId>
  /** What the server logged as a fault of its own. */
  readonly faults: readonly unknown[]
}

export interface GenesysWorldSettings extends DeploymentSettings {
  readonly rate?: Rate
  readonly publicUrl?: string
}

export async function createGenesysWorld({ rate, publicUrl = 'https://chat.example', ...settings }: GenesysWorldSettings = {}): Promise<GenesysWorld> {
  const at = await scenario(settings)
  const faults: unknown[] = []
  const log = { error: (fields: object) => void faults.push(fields), warn: () => undefined }
  const app = createHttpServer({ log, ids: at.ids, publicUrl })
  const authenticate = createAuthenticate({ ...at, reader: at.store })
  registerGenesys(app, { ...at, reader: at.store, log, publicUrl, authenticate, limiter: rate && createRateLimiter(rate, at.clock) })
  await app.ready()
  const tokenWith = (scopes: readonly Scope[]) => issue(at, scopes)
  const token = await tokenWith(allScopes)
  return {
    at, app, token, tokenWith, faults,
    call: (route: string, request: Request = {}) => call(app, route, { token, ...request }),
    deskCookie: (role: Role) => signIn(at, role),
    aConversation: async () => {
      await at.guestWrites('Where is parcel 77?')
      return (await at.conversation()).id
    },
    [Symbol.asyncDispose]: () => app.close(),
  }
}

async function issue({ useCases, store }: Scenario, scopes: readonly Scope[]): Promise<string> {
  const made = await useCases.createClient({ details: { name: 'CRM', scopes } })
  const { client: { id } } = must(made.ok ? made.value : undefined, 'the client was made')
  return (await useCases.issueToken({ client: must(await store.oauthClient(id), 'just made'), scopes })).secret
}

async function signIn({ useCases }: Scenario, role: Role): Promise<string> {
  await useCases.createAgent({ name: `mira-${role}`, details: { displayName: 'Mira', role, password: 'correct horse battery' } })
  const signedIn = await useCases.loginAgent({ name: `mira-${role}`, password: 'correct horse battery' })
  return `beckon_agent=${must(signedIn, 'the password is right').secret}`
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const rows: readonly Operation[] = Object.values(genesysOperations)
const isErrorBody = Compile(GenesysErrorBody)

async function call(app: FastifyInstance, route: string, { token, body, payload, headers }: Request): Promise<Answer> {
  const [verb, url = '/'] = route.split(' ')
  const method = must(methods.find((one) => one === verb), `${verb} is a verb`)
  const sent = payload ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await app.inject({
    method, url,
    headers: { 'content-type': 'application/json', ...(typeof token === 'string' ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(sent === undefined ? {} : { payload: sent }),
  })
  const isJson = response.headers['content-type']?.includes('json') === true && response.body !== ''
  const answer = { status: response.statusCode, headers: response.headers, text: response.body, body: isJson ? response.json<unknown>() : {} }
  if (method !== 'HEAD') check(route, answer)
  return answer
}

function check(route: string, { status, headers, body, text }: Answer): void {
  const [verb, url = ''] = route.split(' ')
  const path = url.split('?')[0] ?? ''
  const matching = rows.filter((row) => row.method === verb && new RegExp(`^${row.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
  const row = matching.find((one) => one.path === path) ?? matching[0]
  if (!row) return
  const faults = status >= 400 ? [...isErrorBody.Errors(body)] : answerFaults(row, status, text === '' ? undefined : body)
  const answered: unknown = body
  const contextId = isErrorBody.Check(answered) ? answered.contextId : undefined
  const correlates = headers['inin-correlation-id'] === (status >= 400 ? contextId : headers['x-request-id'])
  if (faults.length > 0 || !correlates) throw new Error(`${route} answered ${status}: ${JSON.stringify(faults)} ${text}`)
}

function answerFaults(row: Operation, status: number, body: unknown): readonly unknown[] {
  const schema = row.responses[status]
  if (schema === undefined) return [`${status} is not documented`]
  if (schema === null) return body === undefined ? [] : ['a body where there is to be none']
  return [...Compile(schema).Errors(body)]
}

/** An agent who has joined the conversation. */
export async function anAgentIn(at: Scenario, conversationId: string): Promise<string> {
  const added = await at.useCases.addParticipant({
    conversationId: toId(conversationId), who: { actor: { kind: 'agent', id: 'agent-7', name: 'Mira' } }, by: { kind: 'agent', id: 'agent-7', name: 'Mira' },
  })
  return must(added.ok ? added.value.participant.id : undefined, 'the agent joined')
}
