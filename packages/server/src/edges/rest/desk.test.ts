import { minutes, seconds } from '@beckon/core'
import { expect, test } from 'vitest'
import { createApiWorld } from '../../testing/api-world.ts'

const password = 'correct horse battery'
const desk = { 'x-beckon-desk': '1' }

test('an agent signs in, is known by the cookie, and signs out', async () => {
  await using api = await createApiWorld()
  await api.call('POST /api/v2/agents', { body: { name: 'mira', displayName: 'Mira', password } })

  const login = await api.call('POST /api/v2/agents/login', { token: null, body: { name: 'mira', password } })
  const setCookie = String(login.headers['set-cookie'])
  const cookie = setCookie.split(';')[0] ?? ''
  const me = await api.call('GET /api/v2/agents/me', { token: null, headers: { cookie: `other=1; ${cookie}` } })
  const logout = await api.call('POST /api/v2/agents/logout', { token: null, headers: { cookie, ...desk } })
  const afterwards = await api.call('GET /api/v2/agents/me', { token: null, headers: { cookie } })

  expect(setCookie).toMatch(/^beckon_agent=bka_[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/)
  expect(me.body).toEqual({ agent: expect.objectContaining({ name: 'mira', role: 'agent' }), scopes: login.body['scopes'] })
  expect([logout.status, afterwards.status]).toEqual([204, 401])
  expect(String(logout.headers['set-cookie'])).toContain('Max-Age=0')
  expect(login.text + me.text).not.toContain('passwordHash')
})

test('the cookie alone changes nothing: another site could have made the browser send it', async () => {
  await using api = await createApiWorld()
  const { cookie } = await api.deskCookie('agent')

  const without = await api.call('POST /api/v2/contacts', { token: null, body: {}, headers: { cookie } })
  const beside = await api.call('POST /api/v2/contacts', { token: null, body: {}, headers: { cookie, ...desk } })
  const reading = await api.call('GET /api/v2/contacts', { token: null, headers: { cookie } })

  expect([without.status, beside.status, reading.status]).toEqual([401, 201, 200])
  expect(without.body['detail']).toContain('X-Beckon-Desk: 1')
})

test.each([['agent', 403, 403], ['supervisor', 200, 403], ['admin', 200, 200]] as const)('a %s may do what the role says', async (role, ending, administrating) => {
  await using api = await createApiWorld()
  const { cookie } = await api.deskCookie(role)
  const headers = { cookie, ...desk }
  const session = await api.call('POST /api/v2/conversations/messaging/sessions', { body: {} })

  const created = await api.call('POST /api/v2/conversations/messaging/sessions', { token: null, headers, body: {} })
  const clients = await api.call('GET /api/v2/oauth/clients', { token: null, headers })

  expect(session.status).toBe(201)
  expect(created.status === 201 ? 200 : created.status).toBe(ending)
  expect(clients.status).toBe(administrating)
})

test('what an agent writes is from the agent', async () => {
  await using api = await createApiWorld()
  const { cookie, agentId } = await api.deskCookie('agent')
  const contact = await api.call('POST /api/v2/contacts', { body: {} })

  const sent = await api.call(`POST /api/v2/conversations/messaging/contacts/${contact.body['id']}/messages`, { token: null, body: { text: 'Hello' }, headers: { cookie, ...desk } })
  const log = await api.call(`GET /api/v2/conversations/messaging/${sent.body['conversationId']}/messages`)

  expect(log.body['entities'].at(-1)).toMatchObject({ text: 'Hello', from: { kind: 'agent', id: agentId, name: 'Mira' } })
})

test('a desk token is not a program’s, and a program is not an agent', async () => {
  await using api = await createApiWorld()
  const { cookie } = await api.deskCookie('agent')

  const asAgent = await api.call('GET /api/v2/agents/me')
  const mine = await api.call('GET /api/v2/tokens/me', { token: null, headers: { cookie } })

  expect(asAgent.status).toBe(401)
  expect(mine.body).toMatchObject({ kind: 'agent', name: 'Mira' })
})

test('a sign-in ends after its time, with the agent, and with a demotion of what it may do', async () => {
  await using api = await createApiWorld()
  const [admin, agent] = [await api.deskCookie('admin'), await api.deskCookie('agent')]
  const asAdmin = () => api.call('GET /api/v2/agents', { token: null, headers: { cookie: admin.cookie } })
  const asAgent = () => api.call('GET /api/v2/contacts', { token: null, headers: { cookie: agent.cookie } })
  expect([(await asAdmin()).status, (await asAgent()).status]).toEqual([200, 200])

  await api.call(`PATCH /api/v2/agents/${admin.agentId}`, { body: { role: 'agent' } })
  await api.call(`DELETE /api/v2/agents/${agent.agentId}`)
  expect([(await asAdmin()).status, (await asAgent()).status]).toEqual([403, 401])

  api.clock.advance(minutes(12 * 60))
  expect((await asAdmin()).body['detail']).toContain('The desk sign-in expired at')
})

test('a wrong name and a wrong password are one answer, and guessing is slowed down', async () => {
  await using api = await createApiWorld()
  await api.call('POST /api/v2/agents', { body: { name: 'mira', password } })
  const login = (name: string, guess: string) => api.call('POST /api/v2/agents/login', { token: null, body: { name, password: guess } })

  const [wrongName, wrongPassword] = [await login('nobody', password), await login('mira', 'guess')]
  for (let n = 0; n < 9; n += 1) await login('mira', `guess ${n}`)
  const blocked = await login('mira', password)
  api.clock.advance(seconds(10))
  const later = await login('mira', password)

  expect([wrongName.status, wrongPassword.status]).toEqual([401, 401])
  expect(wrongName.body['detail']).toBe(wrongPassword.body['detail'])
  expect([blocked.body['code'], later.status]).toEqual(['rate_limited', 200])
})
