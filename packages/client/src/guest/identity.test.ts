import { expect, test } from 'vitest'
import { createGuestIdentity } from './identity.ts'
import { guestStage } from './testing/guest-stage.ts'
import { memoryTokenStore } from './token-store.ts'

const proof = { code: 'c', redirectUri: 'https://shop.example/callback', codeVerifier: 'v', nonce: 'n' }

/** A guest before a server whose answers over HTTP are given in advance. */
function signInStage(...answers: readonly (readonly [status: number, body: unknown])[]) {
  const asked: { readonly method: string | undefined; readonly path: string; readonly body: unknown; readonly authorization: string | null }[] = []
  const left = [...answers]
  const signIns = memoryTokenStore()
  const send: typeof fetch = (input, init) => {
    const { method, headers, body } = init ?? {}
    const sent: unknown = typeof body === 'string' ? JSON.parse(body) : undefined
    asked.push({ method, path: new URL(input instanceof Request ? input.url : input).pathname, body: sent, authorization: new Headers(headers).get('authorization') })
    const [status, answer] = left.shift() ?? []
    if (status === undefined) return Promise.reject(new TypeError('no network'))
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(answer), { status }))
  }
  const identity = createGuestIdentity({ url: 'http://server.test', deploymentId: 'd1', store: signIns, fetch: send })
  const stage = guestStage({ identity })
  const signIn = async () => {
    const failure = await identity.signIn(proof)
    if (failure === undefined) stage.guest.identify()
    return failure
  }
  return { asked, signIns, signIn, signOut: identity.signOut, ...stage }
}

function refuseOnce(rules: ReturnType<typeof guestStage>['server']['rules'], code: number, action = 'configureAuthenticatedSession'): void {
  let isDone = false
  rules.intercept = (request) => {
    if (isDone || request['action'] !== action) return undefined
    isDone = true
    return { type: 'response', class: 'string', code, body: 'no', tracingId: request['tracingId'] }
  }
}

test('a live guest who signs in shows the token on the same socket, with the same secret', async () => {
  const { guest, server, time, asked, signIn } = signInStage([200, { jwt: 'j1', refreshToken: 'r1' }])
  guest.connect()
  await time.pass(1)

  expect(await signIn()).toBeUndefined()
  await time.pass(1)

  expect(asked).toMatchObject([{ method: 'POST', path: '/api/v2/webdeployments/token/oauthcodegrantjwtexchange', body: { deploymentId: 'd1', oauth: proof } }])
  expect(server.requestsOf('configureAuthenticatedSession')).toMatchObject([{ data: { code: 'j1' }, token: server.requestsOf('configureSession')[0]?.['token'] }])
  expect(server.connections()).toBe(1)
  expect(guest.state().phase).toBe('live')
})

test('a guest who is just connecting is let in as who they are', async () => {
  const { guest, server, time, signIn } = signInStage([200, { jwt: 'j1' }])
  server.rules.intercept = ({ action }) => (action === 'configureSession' ? {} : undefined)
  guest.connect()
  await time.pass(1)

  await signIn()
  await time.pass(3000)

  expect(server.requests.at(-1)).toMatchObject({ action: 'configureAuthenticatedSession' })
  expect(guest.state().phase).toBe('live')
})

test('what was refused is told, and the guest stays as they were', async () => {
  const { guest, server, time, signIn } = signInStage([401, { detail: 'The id token has expired.' }])
  guest.connect()
  await time.pass(1)

  expect(await signIn()).toEqual({ code: 401, detail: 'The id token has expired.' })
  expect(await signIn()).toEqual({ code: 0, detail: 'The server did not answer.' })
  await time.pass(1)
  expect(server.requests).toHaveLength(1)
})

test('the sign-in outlives the page', async () => {
  const { anotherTab, server, time, signIn } = signInStage([200, { jwt: 'j1', refreshToken: 'r1' }])
  await signIn()
  await time.pass(1)

  anotherTab().connect()
  await time.pass(1)

  expect(server.requests.map(({ action }) => action)).toEqual(['configureAuthenticatedSession', 'configureAuthenticatedSession'])
})

test('a token that is refused is renewed, and the successor kept', async () => {
  const { guest, server, time, asked, signIns, signIn } = signInStage([200, { jwt: 'j1', refreshToken: 'r1' }], [200, { jwt: 'j2', refreshToken: 'r2' }])
  refuseOnce(server.rules, 401)

  await signIn()
  await time.pass(3000)

  expect(asked[1]).toMatchObject({ path: '/api/v2/webdeployments/token/refresh', body: { refreshToken: 'r1' } })
  expect(server.requests.at(-1)).toMatchObject({ data: { code: 'j2' } })
  expect(signIns.read()).toContain('r2')
  expect(guest.state().phase).toBe('live')
})

test('when the sign-in is over, the browser begins as somebody new', async () => {
  const { server, time, signIns, signIn } = signInStage([200, { jwt: 'j1', refreshToken: 'r1' }], [401, {}])
  refuseOnce(server.rules, 401)

  await signIn()
  await time.pass(3000)

  const [first, second] = server.requests
  expect(second).toMatchObject({ action: 'configureSession' })
  expect(second?.['token']).not.toBe(first?.['token'])
  expect(signIns.read()).toBe('')
})

test('a renewal that nobody answers is tried again, and forgets nothing', async () => {
  const { server, time, signIns, signIn } = signInStage([200, { jwt: 'j1', refreshToken: 'r1' }], [503, {}])
  refuseOnce(server.rules, 401)

  await signIn()
  await time.pass(3000)

  expect(server.requests.at(-1)).toMatchObject({ action: 'configureAuthenticatedSession' })
  expect(signIns.read()).toContain('r1')
})

test('a browser whose token signed in, and that keeps nothing of it, begins as somebody new', async () => {
  const { guest, server, time } = signInStage()
  refuseOnce(server.rules, 4017, 'configureSession')
  guest.connect()
  await time.pass(3000)

  const [first, second] = server.requests
  expect(second?.['token']).not.toBe(first?.['token'])
  expect(guest.state().phase).toBe('live')
})

test('a tab whose neighbour signs in follows it, and one without anything kept is signed out', async () => {
  const { guest, server, time, signIn } = signInStage([200, { jwt: 'j1', refreshToken: 'r1' }])
  await signIn()
  await time.pass(1)
  server.push('ConnectionClosedEvent', { reason: 'signedIn', reasonCode: 'signedIn' })
  await time.pass(3000)
  expect(guest.state().phase).toBe('live')

  const other = signInStage()
  other.guest.connect()
  await other.time.pass(1)
  other.server.push('ConnectionClosedEvent', { reason: 'signedIn', reasonCode: 'signedIn' })
  await other.time.pass(1)
  expect(other.guest.state()).toMatchObject({ phase: 'closed', closeReason: 'signedOut' })
})

test('signing out shows the token, and ends the guest when the server says so', async () => {
  const { guest, server, time, asked, signIns, signIn, signOut } = signInStage([200, { jwt: 'j1', refreshToken: 'r1' }], [204, undefined])
  await signIn()
  await time.pass(1)

  await signOut()
  server.push('LogoutEvent', {})
  await time.pass(1)

  expect(asked[1]).toMatchObject({ method: 'DELETE', path: '/api/v2/webdeployments/token/revoke', authorization: 'Bearer j1' })
  expect(guest.state()).toMatchObject({ phase: 'closed', closeReason: 'signedOut' })
  expect(signIns.read()).toBe('')
})
