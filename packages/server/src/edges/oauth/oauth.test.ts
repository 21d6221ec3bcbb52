import { seconds } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { createApiWorld, publicUrl, type ApiAnswer, type ApiWorld } from '../../testing/api-world.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

function basic(clientId: string, secret: string): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}` }
}

function post(api: ApiWorld, path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
  return api.call(`POST /oauth/${path}`, { token: null, payload: new URLSearchParams(fields).toString(), headers: { ...form, ...headers } })
}

const grant = { grant_type: 'client_credentials' }

describe('a token', () => {
  test('is given for Basic credentials, with everything the client may do', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read', 'events:read'])

    const answer = await post(api, 'token', grant, basic(clientId, secret))

    expect(answer.body).toEqual({ access_token: expect.stringMatching(/^bkt_/), token_type: 'Bearer', expires_in: 3600, scope: 'contacts:read events:read' })
    expect([answer.headers['cache-control'], answer.headers['pragma']]).toEqual(['no-store', 'no-cache'])
    expect((await api.call('GET /api/v2/contacts', { token: answer.body['access_token'] })).status).toBe(200)
  })
  test('is given for credentials in the body, be it a form or JSON', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read'])
    const fields = { ...grant, client_id: clientId, client_secret: secret }

    const [asForm, asJson] = [await post(api, 'token', fields), await api.call('POST /oauth/token', { token: null, body: fields })]

    expect([asForm.status, asJson.status]).toEqual([200, 200])
  })
  test('can be narrowed, but not widened', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read', 'events:read'])
    const ask = (scope: string) => post(api, 'token', { ...grant, scope }, basic(clientId, secret))

    const [narrow, twice, wide, unknown] = [await ask('events:read'), await ask('events:read  events:read'), await ask('events:read contacts:write'), await ask('everything')]

    expect([narrow.body['scope'], twice.body['scope']]).toEqual(['events:read', 'events:read'])
    expect([wide.status, unknown.status]).toEqual([400, 400])
    expect(wide.body).toEqual({ error: 'invalid_scope', error_description: 'This client may not have contacts:write.' })
    expect(unknown.body).toEqual({ error: 'invalid_scope', error_description: 'There is no scope everything.' })
  })
  test('is worth nothing after its time', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read'])
    const { body } = await post(api, 'token', grant, basic(clientId, secret))
    const use = () => api.call('GET /api/v2/contacts', { token: body['access_token'] })

    api.clock.advance(seconds(3599))
    const before = await use()
    api.clock.advance(seconds(1))

    expect([before.status, (await use()).status]).toEqual([200, 401])
  })
  test('tells its own scopes and times', async () => {
    await using api = await createApiWorld()
    const token = await api.tokenWith(['contacts:read'])

    const mine = await api.call('GET /api/v2/tokens/me', { token })

    expect(mine.body).toMatchObject({ kind: 'client', id: expect.any(String), name: 'CRM', scopes: ['contacts:read'], issuedAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-01-01T01:00:00.000Z' })
  })
  test('says the same in the words of the market leader', async () => {
    await using api = await createApiWorld()
    const token = await api.tokenWith(['contacts:read'])

    const { body } = await api.call('GET /api/v2/tokens/me', { token })

    expect(body).toMatchObject({
      organization: { id: 'chat.example' },
      authorizedScope: ['contacts:read'],
      OAuthClient: { id: body.id, name: 'CRM', scope: ['contacts:read'], authorizedGrantType: 'CLIENT-CREDENTIALS', state: 'active' },
    })
  })
})

describe('a token request that is wrong is told so in the words of RFC 6749', () => {
  test.each([
    ['no grant type', {}, 400, 'invalid_request'],
    ['an empty grant type', { grant_type: '' }, 400, 'invalid_request'],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('%s', async (_, fields, status, error) => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read'])

    const answer = await post(api, 'token', fields, basic(clientId, secret))

    expect([answer.status, answer.body['error']]).toEqual([status, error])
    expect(answer.headers['cache-control']).toBe('no-store')
  })
  test('without credentials, with a wrong secret, or as nobody: 401 with the scheme to use', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read'])

    const answers = [
      await post(api, 'token', grant),
      await post(api, 'token', grant, basic(clientId, `${secret}x`)),
      await post(api, 'token', grant, basic('nobody', secret)),
      await post(api, 'token', { ...grant, client_id: clientId, client_secret: 'x' }),
      await post(api, 'token', { ...grant, client_id: clientId }),
      await post(api, 'token', grant, { authorization: 'Basic ???' }),
      await post(api, 'token', grant, { authorization: `Bearer ${api.token}` }),
    ]

    expect(answers.map(({ status, body }) => [status, body['error']])).toEqual(answers.map(() => [401, 'invalid_client']))
    expect(answers.map(({ headers }) => headers['www-authenticate'])).toEqual(answers.map(() => 'Basic realm="beckon", charset="UTF-8"'))
    expect(answers[1]?.body).toEqual(answers[2]?.body)
  })
  test('two ways of authentication at once, or two clients, are a fault of the request', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read'])

    const twice = await post(api, 'token', { ...grant, client_id: clientId, client_secret: secret }, basic(clientId, secret))
    const another = await post(api, 'token', { ...grant, client_id: 'other' }, basic(clientId, secret))
    const same = await post(api, 'token', { ...grant, client_id: clientId }, basic(clientId, secret))

    expect([twice.status, twice.body['error'], another.status, another.body['error'], same.status]).toEqual([400, 'invalid_request', 400, 'invalid_request', 200])
  })
  test('credentials in Basic are form-encoded, so that a secret may hold a colon', async () => {
    await using api = await createApiWorld()
    await api.useCases.createClient({ id: 'client one' as never, secret: 'a:b c%+ä', details: { scopes: ['contacts:read'] } })

    const answer = await post(api, 'token', grant, basic('client one', 'a:b c%+ä'))

    expect(answer.status).toBe(200)
  })
  test('a parameter given twice, a list for a text, and a body that cannot be read', async () => {
    await using api = await createApiWorld()
    const raw = (payload: string | Buffer, type: string) => api.call('POST /oauth/token', { token: null, payload, headers: { 'content-type': type } })

    const answers = [
      await raw('grant_type=a&grant_type=b', 'application/x-www-form-urlencoded'),
      await raw(Buffer.from([0xc3, 0x28]), 'application/x-www-form-urlencoded'),
      await raw('{"grant_type":["a"]}', 'application/json'),
      await raw('{"grant_type"', 'application/json'),
      await raw('[]', 'application/json'),
      await raw('<grant/>', 'text/xml'),
      await raw(`scope=${'x'.repeat(5000)}`, 'application/x-www-form-urlencoded'),
      await raw('x'.repeat(300_000), 'application/x-www-form-urlencoded'),
    ]

    expect(answers.map(({ status, body }) => [status, body['error']])).toEqual([
      [400, 'invalid_request'], [400, 'invalid_request'], [400, 'invalid_request'], [400, 'invalid_request'],
      [400, 'invalid_request'], [415, 'invalid_request'], [400, 'invalid_request'], [413, 'invalid_request'],
    ])
  })
  test('unknown parameters are ignored, a prototype among them', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read'])

    const answer = await post(api, 'token', { ...grant, audience: 'x', __proto__x: 'y', constructor: 'z' }, basic(clientId, secret))

    expect(answer.status).toBe(200)
  })
  test('who keeps guessing a secret waits, and the owner elsewhere does not', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read'])
    const from = (remoteAddress: string, guess: string) =>
      api.app.inject({ method: 'POST', url: '/oauth/token', remoteAddress, headers: { ...form, ...basic(clientId, guess) }, payload: 'grant_type=client_credentials' })

    const guesses = []
    for (let n = 0; n < 11; n += 1) guesses.push((await from('10.0.0.1', 'guess')).statusCode)
    const blocked = await from('10.0.0.1', secret)
    const elsewhere = await from('10.0.0.2', secret)
    api.clock.advance(seconds(10))
    const later = await from('10.0.0.1', secret)

    expect(guesses).toEqual([...Array<number>(10).fill(401), 429])
    expect([blocked.statusCode, elsewhere.statusCode, later.statusCode]).toEqual([429, 200, 200])
    expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(0)
  })
  test('who knows the secret may ask a hundred times', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read'])

    const statuses = new Set<number>()
    for (let n = 0; n < 120; n += 1) statuses.add((await post(api, 'token', grant, basic(clientId, secret))).status)

    expect([...statuses]).toEqual([200])
  })
})

describe('introspection (RFC 7662)', () => {
  test('tells any client of this server about a living token', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith([])

    const answer = await post(api, 'introspect', { token: await api.tokenWith(['contacts:read']), token_type_hint: 'refresh_token' }, basic(clientId, secret))

    expect(answer.body).toEqual({
      active: true, scope: 'contacts:read', client_id: expect.any(String), sub: answer.body['client_id'], token_type: 'Bearer',
      iat: 1_767_225_600, exp: 1_767_229_200, iss: publicUrl,
    })
    expect(answer.headers['cache-control']).toBe('no-store')
  })
  test('tells nothing of any other token but that it is not active', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith(['contacts:read'])
    const { body } = await post(api, 'token', grant, basic(clientId, secret))
    await post(api, 'revoke', { token: String(body['access_token']) }, basic(clientId, secret))

    const answers = [await post(api, 'introspect', { token: String(body['access_token']) }, basic(clientId, secret)), await post(api, 'introspect', { token: 'unknown' }, basic(clientId, secret))]
    api.clock.advance(seconds(3600))
    answers.push(await post(api, 'introspect', { token: api.token }, basic(clientId, secret)))

    expect(answers.map(({ body: { ...told } }) => told)).toEqual([{ active: false }, { active: false }, { active: false }])
  })
  test('is for clients only, and needs a token to ask about', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith([])

    const [stranger, nothing] = [await post(api, 'introspect', { token: api.token }), await post(api, 'introspect', {}, basic(clientId, secret))]

    expect([stranger.status, stranger.body['error'], nothing.status, nothing.body['error']]).toEqual([401, 'invalid_client', 400, 'invalid_request'])
  })
})

describe('revocation (RFC 7009)', () => {
  test('of an unknown token, or of another client’s, is answered alike and does nothing', async () => {
    await using api = await createApiWorld()
    const { clientId, secret } = await api.clientWith([])

    const answers = [await post(api, 'revoke', { token: 'unknown' }, basic(clientId, secret)), await post(api, 'revoke', { token: api.token }, basic(clientId, secret))]

    expect(answers.map(({ status, text }) => [status, text])).toEqual([[200, ''], [200, '']])
    expect((await api.call('GET /api/v2/contacts')).status).toBe(200)
  })
})

test('the metadata names what is served, under the address it is found at (RFC 8414)', async () => {
  await using api = await createApiWorld()

  const { body } = await api.call('GET /.well-known/oauth-authorization-server', { token: null })

  expect(body).toMatchObject({ issuer: publicUrl, token_endpoint: `${publicUrl}/oauth/token`, grant_types_supported: ['client_credentials'], response_types_supported: [] })
  expect(body['scopes_supported']).toContain('messaging:contact:write')
})
