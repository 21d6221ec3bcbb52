import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { allScopes, must, toId, type AgentId, type ClientId, type DeploymentId, type Role, type Scope } from '@beckon/core'
import { createWorld, type World } from '@beckon/core/testing'
import { registerGuestIdentity } from '../edges/guest-ws/identity/register-identity.ts'
import { registerOauth } from '../edges/oauth/register.ts'
import { registerRest } from '../edges/rest/register.ts'
import type { RestDeps } from '../edges/rest/rest-deps.ts'
import { createAuthenticate } from '../edges/shared/authenticate.ts'
import { createHttpServer } from '../edges/shared/http-server.ts'
import { registerSpellings } from '../edges/spellings/register.ts'
import { checkAnswer } from './check-answer.ts'

export interface ApiRequest {
  readonly body?: unknown
  /** Sent as it is, instead of a JSON body. */
  readonly payload?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of the world's own all-powerful token; null sends none. */
  readonly token?: string | null
}

export interface ApiAnswer {
  readonly status: number
  readonly headers: LightMyRequestResponse['headers']
  readonly text: string
  /** The parsed body; an empty object where there is none. */
  readonly body: ReturnType<typeof JSON.parse>
}

/** The API on a memory store, with one deployment and one token that may do everything. */
export interface ApiWorld extends World, AsyncDisposable {
  readonly app: FastifyInstance
  readonly deploymentId: DeploymentId
  readonly token: string
  /** Calls, and holds the answer against what the table of operations documents. */
  call(route: string, request?: ApiRequest): Promise<ApiAnswer>
  /** A token of a new client with these scopes. */
  tokenWith(scopes: readonly Scope[]): Promise<string>
  clientWith(scopes: readonly Scope[]): Promise<{ readonly clientId: ClientId; readonly secret: string }>
  /** The cookie of an agent who has signed in. */
  deskCookie(role: Role): Promise<{ readonly cookie: string; readonly agentId: AgentId }>
  /** What the server logged as a fault of its own. */
  readonly faults: readonly unknown[]
}

export interface GivenApi extends Pick<RestDeps, 'rate'> {
  readonly bodyLimit?: number
  /** Puts more on the server than the API. */
  readonly serveAlso?: (app: FastifyInstance, world: World) => void
}

export const publicUrl = 'https://chat.example'

export async function createApiWorld(given: GivenApi = {}): Promise<ApiWorld> {
  const world = createWorld()
  const faults: unknown[] = []
  const log = { error: (fields: object) => void faults.push(fields), warn: () => undefined }
  const app = createHttpServer({ log, ids: world.ids, publicUrl, ...(given.bodyLimit === undefined ? {} : { bodyLimit: given.bodyLimit }) })
  const deps = { ...world, reader: world.store, publicUrl, authenticate: createAuthenticate({ ...world, reader: world.store }) }
  registerOauth(app, deps)
  registerGuestIdentity(app, deps)
  const { handlers, limiter } = registerRest(app, { ...deps, rate: given.rate ?? 'off' })
  registerSpellings(app, { ...deps, handlers, limiter })
  given.serveAlso?.(app, world)
  await app.ready()
  const deployment = await world.useCases.createDeployment({ settings: { name: 'Shop', allowedDomains: ['*'] } })
  const access = createAccess(world)
  const { token } = await access.issue(allScopes)
  return {
    ...world,
    app, token, faults,
    deploymentId: must(deployment.ok ? deployment.value.id : undefined, 'the deployment was made'),
    call: (route, request = {}) => call(app, route, request, request.token === undefined ? token : request.token),
    tokenWith: async (scopes) => (await access.issue(scopes)).token,
    clientWith: access.client,
    deskCookie: access.desk,
    [Symbol.asyncDispose]: () => app.close(),
  }
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

async function call(app: FastifyInstance, route: string, request: ApiRequest, token: string | null): Promise<ApiAnswer> {
  const [verb, url = '/'] = route.split(' ')
  const method = must(methods.find((one) => one === verb), `${verb} is a verb`)
  const json = request.body === undefined ? undefined : JSON.stringify(request.body)
  const payload = request.payload ?? json
  const response = await app.inject({
    method,
    url,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(payload === undefined ? {} : { payload }),
  })
  checkAnswer(method, url, response)
  const isJson = response.headers['content-type']?.includes('json')
  return { status: response.statusCode, headers: response.headers, text: response.body, body: isJson ? response.json<unknown>() : {} }
}

function createAccess({ useCases, store }: World) {
  const client = async (scopes: readonly Scope[]) => {
    const made = await useCases.createClient({ details: { name: 'CRM', scopes } })
    const { client: { id }, secret } = must(made.ok ? made.value : undefined, 'the client was made')
    return { clientId: id, secret }
  }
  return {
    client,
    async issue(scopes: readonly Scope[]) {
      const { clientId } = await client(scopes)
      const { secret } = await useCases.issueToken({ client: must(await store.oauthClient(clientId), 'just made'), scopes })
      return { token: secret }
    },
    async desk(role: Role) {
      const made = await useCases.createAgent({ name: `mira-${role}`, details: { displayName: 'Mira', role, password: 'correct horse battery' } })
      const signedIn = await useCases.loginAgent({ name: `mira-${role}`, password: 'correct horse battery' })
      const agentId = toId<'agent'>(made.ok ? made.value.id : '')
      return { cookie: `beckon_agent=${must(signedIn, 'the password is right').secret}`, agentId }
    },
  }
}
