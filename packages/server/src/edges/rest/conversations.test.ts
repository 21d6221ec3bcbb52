import { minutes, toId, type Hint } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { createApiWorld, type ApiWorld } from '../../testing/api-world.ts'

const messaging = '/api/v2/conversations/messaging'

async function aContact(api: ApiWorld, details: object = { name: 'Ada' }): Promise<string> {
  return String((await api.call('POST /api/v2/contacts', { body: details })).body['id'])
}

async function aConversation(api: ApiWorld): Promise<{ readonly contactId: string; readonly id: string; readonly route: string }> {
  const contactId = await aContact(api)
  const sent = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, { body: { text: 'Hi' } })
  const id = String(sent.body['conversationId'])
  return { contactId, id, route: `${messaging}/${id}` }
}

describe('a send', () => {
  test('to a contact starts a quiet conversation, and tells what was found, done and comes next', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)

    const sent = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, { body: { text: 'Your parcel has arrived.', from: { name: 'Parcel desk' } } })
    const { body: conversation } = await api.call(`GET ${messaging}/${sent.body['conversationId']}`)

    expect(sent.body).toMatchObject({
      status: 'sent', contactId, did: 'started',
      found: { contact: 'known', conversation: 'none', session: 'none', connections: 0 },
      deliveries: [{ route: 'live', status: 'waiting' }],
    })
    expect(conversation).toMatchObject({ status: 'open', quiet: true, lastText: 'Your parcel has arrived.', contact: { name: 'Ada' } })
  })
  test('reaches one person by each of their addresses, in one conversation', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api, { externalId: 'crm-1' })
    const session = await api.call(`POST ${messaging}/sessions`, { body: { contactId } })
    const send = (address: object) => api.call(`POST ${messaging}/messages`, { body: { ...address, text: 'Hi' } })

    const first = await send({ contactId })
    const others = [await send({ externalId: 'crm-1' }), await send({ sessionId: session.body['sessionId'] }), await send({ conversationId: first.body['conversationId'] })]

    expect(others.map(({ body }) => [body['contactId'], body['conversationId'], body['did']])).toEqual(others.map(() => [contactId, first.body['conversationId'], 'appended']))
  })
  test('to a conversation that was closed reopens it', async () => {
    await using api = await createApiWorld()
    const { route } = await aConversation(api)
    await api.call(`PATCH ${route}`, { body: { status: 'closed', reason: 'solved' } })

    const sent = await api.call(`POST ${route}/messages`, { body: { text: 'One more thing' } })
    const { body } = await api.call(`GET ${route}`)

    expect(sent.body).toMatchObject({ did: 'reopened', found: { conversation: 'closed', closedAt: '2026-01-01T00:00:00.000Z' } })
    expect(body).toMatchObject({ status: 'open' })
  })
  test('that is only tried changes nothing and tells the same', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    const route = `POST ${messaging}/contacts/${contactId}/messages`

    const tried = await api.call(route, { body: { text: 'Hi', dryRun: true } })
    const conversations = await api.call(`GET ${messaging}`)
    const sent = await api.call(route, { body: { text: 'Hi' } })

    expect([tried.status, conversations.body['entities']]).toEqual([200, []])
    const { id: _, messageId: __, conversationId: ___, ...outcome } = sent.body
    expect(tried.body).toEqual(outcome)
  })
  test('can be scheduled, moved, explained and taken back', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    const sendAt = '2026-01-02T09:00:00.000Z'

    const sent = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, { body: { text: 'How was it?', policy: { sendAt: '2026-01-02T10:00:00+01:00', unless: ['replied'] } } })
    const route = `${messaging}/proactive/${sent.body['id']}`
    const moved = await api.call(`PATCH ${route}`, { body: { sendAt: '2026-01-03T09:00:00Z' } })
    const deliveries = await api.call(`GET ${messaging}/messages/${sent.body['messageId']}/deliveries`)
    const cancelled = await api.call(`DELETE ${route}`)
    const listed = await api.call(`GET ${messaging}/proactive?status=cancelled&contactId=${contactId}`)

    expect(sent.body).toMatchObject({ status: 'scheduled', deferUntil: sendAt, deliveries: [] })
    expect(sent.body).not.toHaveProperty('did')
    expect(moved.body).toMatchObject({ status: 'scheduled', sendAt: '2026-01-03T09:00:00.000Z', policy: { sendAt: '2026-01-03T09:00:00.000Z', unless: ['replied'] } })
    expect(deliveries.body).toMatchObject({ messageId: sent.body['messageId'], proactive: { id: sent.body['id'] }, entities: [] })
    expect(cancelled.body).toMatchObject({ status: 'cancelled', statusReason: 'cancelled' })
    expect(listed.body['entities'].map(({ id }: { id: string }) => id)).toEqual([sent.body['id']])
  })
  test('and scheduled, is explained as overdue when its time has come and no worker keeps appointments', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    const sendAt = '2026-01-01T00:05:00.000Z'
    const sent = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, { body: { text: 'How was it?', policy: { sendAt } } })

    api.clock.advance(minutes(6))
    const { body } = await api.call(`GET ${messaging}/messages/${sent.body['messageId']}/deliveries`)

    expect(body).toMatchObject({ proactive: { status: 'scheduled' }, overdueSince: sendAt })
  })
  test('with content alone, with metadata and with a sender is kept as it came', async () => {
    await using api = await createApiWorld()
    const { route } = await aConversation(api)
    const body = { content: [{ contentType: 'Card', card: { title: 'Parcel' } }], metadata: { order: '77' }, from: { id: 'bot-1', name: 'Robo', kind: 'bot' } }

    const sent = await api.call(`POST ${route}/messages`, { body })
    const log = await api.call(`GET ${route}/messages?after=2`)

    expect(log.body['entities']).toMatchObject([{ id: sent.body['messageId'], direction: 'outbound', content: body.content, metadata: body.metadata, from: body.from }])
  })
  test('is foretold by reachability, its refusals included', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api, { optedOut: ['marketing'] })
    const ask = async (query: string) => (await api.call(`GET ${messaging}/contacts/${contactId}/reachability${query}`)).body

    const away = await ask('')
    api.presence.enter(toId(contactId))
    const here = await ask('?whenUnreachable=reject')
    const declined = await ask('?purpose=marketing')

    expect(away).toMatchObject({ reachableNow: false, would: 'start', deliveries: [{ route: 'live', status: 'waiting' }] })
    expect(here).toMatchObject({ reachableNow: true, found: { connections: 1 } })
    expect(declined).toEqual({ contactId, reachableNow: false, deliveries: [], refusal: { code: 'opted_out', detail: 'The contact declined marketing messages.' } })
  })
})

describe('a conversation', () => {
  test('is closed and reopened, again and again with the same answer', async () => {
    await using api = await createApiWorld()
    const { route } = await aConversation(api)
    const patch = (body: object) => api.call(`PATCH ${route}`, { body })

    const closed = [await patch({ status: 'closed', reason: 'solved' }), await patch({ status: 'closed' })]
    const open = [await patch({ status: 'open' }), await patch({ status: 'open' })]

    expect(closed.map(({ text }) => text)).toEqual([closed[0]?.text, closed[0]?.text])
    expect(closed[0]?.body).toMatchObject({ status: 'closed', closedReason: 'solved', closedBy: { kind: 'api', name: 'CRM' }, reopenableUntil: '2026-01-08T00:00:00.000Z' })
    expect(open.map(({ body }) => body['status'])).toEqual(['open', 'open'])
    expect(open[0]?.body).not.toHaveProperty('closedAt')
  })
  test('whose guest is added back is reopened', async () => {
    await using api = await createApiWorld()
    const { route, contactId } = await aConversation(api)
    await api.call(`PATCH ${route}`, { body: { status: 'closed' } })

    const added = await api.call(`POST ${route}/participants`, { body: { contactId } })

    expect(added.body).toMatchObject({ purpose: 'customer', externalId: contactId })
    expect((await api.call(`GET ${route}`)).body['status']).toBe('open')
  })
  test('is joined and left by others', async () => {
    await using api = await createApiWorld()
    const { route } = await aConversation(api)

    const added = await api.call(`POST ${route}/participants`, { body: { purpose: 'agent', externalId: 'desk-12', name: 'Mira' } })
    const removed = await api.call(`DELETE ${route}/participants/${added.body['id']}`)
    const { body } = await api.call(`GET ${route}/participants`)

    expect(removed.status).toBe(204)
    expect(body['entities'].find(({ id }: { id: string }) => id === added.body['id'])).toMatchObject({ purpose: 'agent', name: 'Mira', leftAt: '2026-01-01T00:00:00.000Z' })
  })
  test.each([
    [{ participantId: 'a', contactId: 'b' }, ['#/participantId', '#/contactId']],
    [{ contactId: 'b', name: 'Mira' }, ['#/contactId', '#/purpose']],
    [{ purpose: 'agent' }, ['#']],
    [{ purpose: 'customer', name: 'Eve' }, ['#/purpose']],
  ])('cannot be joined by %j, which says two things', async (body, pointers) => {
    await using api = await createApiWorld()
    const { route } = await aConversation(api)

    const answer = await api.call(`POST ${route}/participants`, { body })

    expect(answer.body['errors'].map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers)
  })
  test('is read by the business up to where it says, and never back', async () => {
    await using api = await createApiWorld()
    const { route } = await aConversation(api)
    const seen = (seenSeq: number) => api.call(`POST ${route}/seen`, { body: { seenSeq } })

    const answers = [await seen(2), await seen(1), await seen(99)]

    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204])
    expect((await api.call(`GET ${route}`)).body['cursors']['business']).toEqual({ deliveredSeq: 2, seenSeq: 2 })
  })
  test('shows the guest who is writing, without keeping it', async () => {
    await using api = await createApiWorld()
    const { route, id, contactId } = await aConversation(api)
    const before = await api.store.lastPosition()

    await api.call(`POST ${route}/typing`, { body: { on: true, from: { name: 'Mira' } } })
    await api.call(`POST ${route}/typing`, { body: { on: false } })

    const typing = api.bus.heard.flatMap((hint: Hint) => (hint.kind === 'typing' ? [hint.typing] : []))
    expect(typing).toEqual([
      { conversationId: id, contactId, deploymentId: api.deploymentId, by: 'agent', on: true, name: 'Mira' },
      { conversationId: id, contactId, deploymentId: api.deploymentId, by: 'agent', on: false, name: 'CRM' },
    ])
    expect(await api.store.lastPosition()).toBe(before)
  })
  test('is found by its state, its contact, its deployment and what was said last', async () => {
    await using api = await createApiWorld()
    const [one, other] = [await aConversation(api), await aConversation(api)]
    await api.call(`PATCH ${other.route}`, { body: { status: 'closed' } })
    await api.call(`POST ${one.route}/messages`, { body: { text: 'Where is parcel 77?' } })
    const find = async (query: string) => (await api.call(`GET ${messaging}?${query}`)).body['entities'].map(({ id }: { id: string }) => id)

    expect([await find('status=closed'), await find(`contactId=${one.contactId}`), await find('q=parcel'), await find('deploymentId=x'), await find('quiet=false')])
      .toEqual([[other.id], [one.id], [one.id], [], []])
  })
})

describe('a session', () => {
  test('is made for somebody new or known, told about, and ended', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api, { externalId: 'crm-1' })
    const create = (body: object) => api.call(`POST ${messaging}/sessions`, { body })

    const fresh = await create({ contact: { name: 'Eve' } })
    const known = await create({ externalId: 'crm-1' })
    const route = String(known.headers['location'])
    const active = await api.call(`GET ${route}`)
    const ended = await api.call(`DELETE ${route}`)
    const afterwards = await api.call(`GET ${route}`)

    expect(fresh.body).toMatchObject({ state: 'active', token: expect.any(String), webChatSessionId: fresh.body['sessionId'] })
    expect(known.body).toMatchObject({ contactId })
    expect(active.body).not.toHaveProperty('token')
    expect(ended.status).toBe(204)
    expect(afterwards.body).toMatchObject({ state: 'ended', endedReason: 'ended_by_backend', endedAt: '2026-01-01T00:00:00.000Z' })
  })
  test('that has run out says when and why', async () => {
    await using api = await createApiWorld()
    const { body } = await api.call(`POST ${messaging}/sessions`, { body: {} })

    api.clock.set((await api.store.session(toId(String(body['sessionId']))))?.expiresAt ?? api.clock.now())
    const { body: mine } = await api.call(`POST /oauth/token`, { token: null, body: { grant_type: 'client_credentials', ...(await credentials(api)) } })
    const expired = await api.call(`GET ${messaging}/sessions/${body['sessionId']}`, { token: mine['access_token'] })

    expect(expired.body).toMatchObject({ state: 'expired', endedReason: 'expired', endedAt: body['expiresAt'] })
  })
  test.each([
    [{ contactId: 'x', contact: { name: 'Eve' } }, 400],
    [{ externalId: 'nobody' }, 404],
    [{ contactId: 'nobody' }, 404],
    [{ deploymentId: 'nowhere' }, 404],
  ])('cannot be made from %j', async (body, status) => {
    await using api = await createApiWorld()

    expect((await api.call(`POST ${messaging}/sessions`, { body })).status).toBe(status)
  })
})

async function credentials(api: ApiWorld): Promise<object> {
  const { clientId, secret } = await api.clientWith(['conversations:read'])
  return { client_id: clientId, client_secret: secret }
}
