import { randomUUID } from 'node:crypto'
import { startServer, type RunningServer } from '@beckon/server'
import { expect, test } from 'vitest'
import { aBackend, type Answer, type Backend } from './rig/backend.ts'
import { anEnvironment, credentials, deploymentId } from './rig/environment.ts'
import { openGuestSocket, say, type Frame, type GuestSocket } from './rig/guest-socket.ts'
import { chatClient, redirectUri, startIdentityProvider, type Proof, type TestProvider } from './rig/identity-provider.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

const exchangePath = '/api/v2/webdeployments/token/oauthcodegrantjwtexchange'
const refreshPath = '/api/v2/webdeployments/token/refresh'
const revokePath = '/api/v2/webdeployments/token/revoke'
const settingsPath = `/api/v2/deployments/${deploymentId}`

test('a guest signs in by code in the middle of a conversation, and goes on with it as the person they are', async () => {
  await using shop = await aShop()
  const token = randomUUID()
  using socket = await shop.socket()
  await configure(socket, token)
  await say(socket, token, 'Where is my parcel?', 'c1')

  const { jwt } = await shop.signIn('ada')
  const session = await configureSignedIn(socket, token, jwt)
  const said = await say(socket, token, 'It is me', 'c2')

  expect(session).toMatchObject({ code: 200, class: 'SessionResponse', body: { connected: true, newSession: false, readOnly: false, clearedExistingSession: false } })
  expect(await socket.until(isSignIn)).toMatchObject({ type: 'message', body: { direction: 'Inbound', channel: { from: { firstName: 'ada', lastName: 'Lovelace' } } } })
  expect(said.body).toMatchObject({ text: 'It is me', metadata: { authenticated: 'true' } })
  expect(await shop.contacts()).toMatchObject([{ name: 'ada Lovelace', email: 'ada@shop.example', identity: { issuer: shop.provider.issuer, subject: 'ada' } }])
})

test('two browsers of one person are one contact: what was written on the second goes over, and both are told of it', async () => {
  await using shop = await aShop()
  const [desk, phone] = [randomUUID(), randomUUID()]
  using one = await shop.socket()
  await configureSignedIn(one, desk, (await shop.signIn('ada')).jwt, { beckon: { version: 1 } })
  await say(one, desk, 'From my desk', 'c1')
  using other = await shop.socket()
  await configure(other, phone)
  using tab = await shop.socket()
  await configure(tab, phone)
  await say(other, phone, 'From my phone', 'c2')

  const joined = await configureSignedIn(other, phone, (await shop.signIn('ada')).jwt)
  await say(other, phone, 'And this is me', 'c3')

  expect(joined.body).toMatchObject({ clearedExistingSession: true, newSession: false })
  expect(await one.until(({ body }) => body['text'] === 'And this is me')).toMatchObject({ class: 'StructuredMessage' })
  expect(await one.until(({ class: name, body }) => name === 'History' && JSON.stringify(body).includes('From my phone'))).toBeDefined()
  expect(await tab.until(({ class: name }) => name === 'ConnectionClosedEvent')).toMatchObject({ body: { reason: 'signedIn' } })
  const [contact, ...more] = await shop.contacts()
  expect(more).toEqual([])
  const { entities } = await shop.backend.ask<{ entities: { contactId: string }[] }>('GET', '/api/v2/conversations/messaging')
  expect(new Set(entities.map(({ contactId }) => contactId))).toEqual(new Set([contact?.id]))
})

test('the other sockets of a token that signs in are told to close, and the token alone opens nothing any more', async () => {
  await using shop = await aShop()
  const token = randomUUID()
  using tab = await shop.socket()
  await configure(tab, token)
  using other = await shop.socket()
  await configure(other, token)

  await configureSignedIn(tab, token, (await shop.signIn('ada')).jwt)

  expect(await other.until(({ class: name }) => name === 'ConnectionClosedEvent')).toMatchObject({ body: { reason: 'signedIn', reasonCode: 'signedIn' } })
  using later = await shop.socket()
  expect(await ask(later, { action: 'configureSession', deploymentId, token })).toMatchObject({ type: 'response', class: 'string', code: 4017 })
})

test('signing out reaches every device, ends what renews the sign-in, and lets the guest begin as somebody new', async () => {
  await using shop = await aShop()
  const tokens = [randomUUID(), randomUUID()]
  const [one, other] = [await shop.signIn('ada'), await shop.signIn('ada')]
  using first = await shop.socket()
  await configureSignedIn(first, tokens[0] ?? '', one.jwt)
  using second = await shop.socket()
  await configureSignedIn(second, tokens[1] ?? '', other.jwt)

  expect((await shop.call('DELETE', revokePath, undefined, one.jwt)).status).toBe(204)

  for (const socket of [first, second]) expect(await socket.until(({ class: name }) => name === 'LogoutEvent')).toMatchObject({ type: 'message', code: 200, body: {} })
  expect(await Promise.all([first.closed, second.closed])).toEqual([1000, 1000])
  for (const { refreshToken } of [one, other]) expect((await shop.call('POST', refreshPath, { refreshToken })).status).toBe(401)
  expect((await shop.call('DELETE', revokePath, undefined, one.jwt)).status).toBe(401)
  using again = await shop.socket()
  expect(await ask(again, { action: 'configureAuthenticatedSession', deploymentId, token: tokens[0], data: { code: other.jwt } })).toMatchObject({ code: 401, class: 'string' })
  expect((await configure(again, tokens[0] ?? '')).body).toMatchObject({ newSession: true })
})

test('a refresh token gets the next token and its successor; one that is retired ends the sign-in and its sockets', async () => {
  await using shop = await aShop()
  const token = randomUUID()
  const first = await shop.signIn('ada')
  using socket = await shop.socket()
  await configureSignedIn(socket, token, first.jwt)

  const refreshed = await shop.call('POST', refreshPath, { refreshToken: first.refreshToken })
  const { jwt, refreshToken } = signedIn(refreshed.body)
  await configureSignedIn(socket, token, jwt)
  expect((await shop.call('POST', refreshPath, { refreshToken })).status).toBe(200)
  const reused = await shop.call('POST', refreshPath, { refreshToken: first.refreshToken })

  expect(reused).toMatchObject({ status: 401, body: { code: 'sign_in_refused' } })
  expect(await socket.until(({ class: name }) => name === 'LogoutEvent')).toBeDefined()
  expect((await shop.call('POST', refreshPath, { refreshToken })).status).toBe(401)
})

test('a proof that proves nothing is 401, a provider that is away is 503, and what is wrong with the request is 400', async () => {
  await using shop = await aShop()
  const exchange = async (change: (proof: Proof) => object) => shop.call('POST', exchangePath, { deploymentId, oauth: change(await shop.provider.signIn('ada')) })

  expect(await exchange((proof) => ({ ...proof, nonce: 'another' }))).toMatchObject({ status: 401, body: { code: 'sign_in_refused' } })
  expect(await exchange((proof) => ({ ...proof, iss: 'https://other.example' }))).toMatchObject({ status: 401 })
  expect(await exchange((proof) => ({ ...proof, redirectUri: 'https://evil.example/' }))).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/oauth/redirectUri' }] } })
  expect(await shop.call('POST', exchangePath, { deploymentId, oauth: {} })).toMatchObject({ status: 400 })
  expect(await shop.call('POST', exchangePath, { deploymentId: 'nowhere', oauth: { code: 'c', redirectUri } })).toMatchObject({ status: 404 })
  const proof = await shop.provider.signIn('ada')
  await shop.provider.goAway()
  const away = await shop.call('POST', exchangePath, { deploymentId, oauth: proof })
  expect(away).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  expect(away.headers.get('retry-after')).toBe('5')
})

test('whoever tries out refresh tokens has to wait', async () => {
  await using shop = await aShop()
  const guess = () => shop.call('POST', refreshPath, { refreshToken: `bgr_${randomUUID()}` })

  const statuses = []
  for (let n = 0; n < 12; n += 1) statuses.push((await guess()).status)

  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401))
  expect(statuses.slice(10)).toEqual([429, 429])
})

test('the settings show that there is a secret, and never the secret; clients are told whether guests may sign in', async () => {
  await using shop = await aShop()
  const config = async () => (await fetch(`${shop.server.url}/webdeployments/v1/deployments/${deploymentId}/config.json`)).json()

  const settings = await shop.backend.call('GET', settingsPath)

  expect(settings.body).toMatchObject({ authentication: { enabled: true, issuer: shop.provider.issuer, clientId: 'chat', hasClientSecret: true, redirectUris: [redirectUri], allowSessionUpgrade: true } })
  expect(JSON.stringify(settings.body)).not.toContain('secret of')
  expect(await config()).toMatchObject({ auth: { enabled: true, allowSessionUpgrade: true } })
  await shop.configure({ enabled: false, allowSessionUpgrade: false })
  expect(await config()).toMatchObject({ auth: { enabled: false, allowSessionUpgrade: false } })
  expect(await shop.call('POST', exchangePath, { deploymentId, oauth: await shop.provider.signIn('ada') })).toMatchObject({ status: 400 })
})

test('the secret and the sign-ins outlive the server, and a page of any origin may ask', async () => {
  await using shop = await aShop()
  const { jwt, refreshToken } = await shop.signIn('ada')
  await shop.restart()

  using socket = await shop.socket()
  expect(await configureSignedIn(socket, randomUUID(), jwt)).toMatchObject({ code: 200 })
  const asked = await fetch(`${shop.server.url}${refreshPath}`, { method: 'OPTIONS', headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' } })
  expect(asked.status).toBe(204)
  expect(Object.fromEntries(asked.headers)).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'authorization, content-type' })
  const refreshed = await shop.call('POST', refreshPath, { refreshToken })
  expect([refreshed.status, refreshed.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  expect(await shop.signIn('ada')).toMatchObject({ jwt: expect.any(String) })
})

test('without leave to call its own network the server asks no provider there', async () => {
  await using shop = await aShop({ BECKON_ALLOW_PRIVATE_TARGETS: 'false' })

  expect(await shop.call('POST', exchangePath, { deploymentId, oauth: await shop.provider.signIn('ada') })).toMatchObject({ status: 503 })
})

test('a native app registers its push device, changes it and takes it back, under its token in any case of letters', async () => {
  await using shop = await aShop()
  const token = randomUUID().toUpperCase()
  using socket = await shop.socket()
  await configure(socket, token)
  const path = `/api/v2/webmessaging/deployments/${deploymentId}/pushdevices/${token.toLowerCase()}`
  const device = { deviceToken: 'fcm-abc', notificationProvider: 'FCM', language: 'nl-NL', deviceType: 'android' }

  expect((await shop.call('POST', path, device)).status).toBe(204)
  expect(await shop.call('POST', path, device)).toMatchObject({ status: 409, body: { code: 'device.already.registered', status: 409, message: expect.any(String), contextId: expect.any(String), details: [] } })
  expect((await shop.call('PATCH', path, { deviceToken: 'fcm-def', language: 'nl' })).status).toBe(204)
  expect(await shop.call('PATCH', path, {})).toMatchObject({ status: 400, body: { code: 'update.fields.missing' } })
  expect(await shop.call('POST', path, { deviceToken: 'x' })).toMatchObject({ status: 400, body: { code: 'required.fields.missing' } })
  const removed = await fetch(`${shop.server.url}${path}`, { method: 'DELETE', headers: { 'content-type': 'application/json' } })
  expect(removed.status).toBe(204)
  expect(await shop.call('PATCH', path, device)).toMatchObject({ status: 404, body: { code: 'device.not.found' } })
  expect(await shop.call('DELETE', path)).toMatchObject({ status: 404, body: { code: 'device.not.found' } })
  expect(await shop.call('POST', path.replace(deploymentId, 'nowhere'), device)).toMatchObject({ status: 404, body: { code: 'deployment.not.found' } })
  expect(await shop.call('POST', path.replace(token.toLowerCase(), randomUUID()), device)).toMatchObject({ status: 400, body: { code: 'invalid.path.parameter' } })
})

interface Shop extends AsyncDisposable {
  readonly server: RunningServer
  readonly provider: TestProvider
  readonly backend: Backend
  call(method: string, path: string, body?: unknown, bearer?: string): Promise<Answer>
  signIn(person: string): Promise<{ readonly jwt: string; readonly refreshToken: string }>
  configure(authentication: object): Promise<void>
  contacts(): Promise<readonly { readonly id: string }[]>
  socket(): Promise<GuestSocket>
  restart(): Promise<void>
}

async function aShop(env: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const stack = new AsyncDisposableStack()
  const data = stack.use(aTemporaryDirectory())
  const provider = stack.use(await startIdentityProvider())
  const start = () => startServer({ env: { ...anEnvironment(data.path), BECKON_LOG_LEVEL: 'error', BECKON_ALLOW_PRIVATE_TARGETS: 'true', ...env } })
  let server = await start()
  let backend = await aBackend(server.url, credentials)
  stack.defer(() => server.stop())
  const call: Shop['call'] = async (method, path, body, bearer) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(bearer === undefined ? {} : { authorization: `bearer ${bearer}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
  const configureAuthentication = async (authentication: object): Promise<void> => {
    await backend.ask('PATCH', settingsPath, { authentication }, { 'if-match': '*' })
  }
  await configureAuthentication({ enabled: true, issuer: provider.issuer, ...chatClient, redirectUris: [redirectUri] })
  return {
    provider, call,
    configure: configureAuthentication,
    get server() {
      return server
    },
    get backend() {
      return backend
    },
    async signIn(person) {
      const { status, body } = await call('POST', exchangePath, { deploymentId, oauth: await provider.signIn(person) })
      if (status !== 200) throw new Error(`not signed in: ${status} ${JSON.stringify(body)}`)
      return signedIn(body)
    },
    contacts: async () => (await backend.ask<{ entities: readonly { id: string }[] }>('GET', '/api/v2/contacts')).entities,
    socket: () => openGuestSocket(server.url, deploymentId),
    async restart() {
      await server.stop()
      server = await start()
      backend = await aBackend(server.url, credentials)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

function signedIn(body: unknown): { readonly jwt: string; readonly refreshToken: string } {
  return body as { readonly jwt: string; readonly refreshToken: string }
}

function ask(socket: GuestSocket, request: object): Promise<Frame> {
  const tracingId = randomUUID()
  socket.send({ ...request, tracingId })
  return socket.until((frame) => frame.tracingId === tracingId)
}

function configure(socket: GuestSocket, token: string): Promise<Frame> {
  return ask(socket, { action: 'configureSession', deploymentId, token, startNew: false })
}

async function configureSignedIn(socket: GuestSocket, token: string, jwt: string, more: object = {}): Promise<Frame> {
  const answer = await ask(socket, { action: 'configureAuthenticatedSession', deploymentId, token, startNew: false, data: { code: jwt }, ...more })
  if (answer.class !== 'SessionResponse') throw new Error(`no session: ${JSON.stringify(answer)}`)
  return answer
}

function isSignIn({ class: name, body }: Frame): boolean {
  return name === 'StructuredMessage' && JSON.stringify(body['events'] ?? []).includes('SignIn')
}
