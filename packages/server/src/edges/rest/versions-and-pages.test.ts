import { milliseconds } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { createApiWorld, type ApiWorld } from '../../testing/api-world.ts'

const messaging = '/api/v2/conversations/messaging'

async function aConversation(api: ApiWorld): Promise<{ readonly contactId: string; readonly route: string }> {
  const contact = await api.call('POST /api/v2/contacts', { body: { name: 'Ada' } })
  const sent = await api.call(`POST ${messaging}/contacts/${contact.body['id']}/messages`, { body: { text: 'Hi' } })
  return { contactId: String(contact.body['id']), route: `${messaging}/${sent.body['conversationId']}` }
}

describe('a version', () => {
  test.each([
    ['a contact', 'POST /api/v2/contacts', {}, { name: 'Ada' }],
    ['a deployment', 'POST /api/v2/deployments', {}, { name: 'Shop' }],
    ['a client', 'POST /api/v2/oauth/clients', { name: 'CRM', scopes: ['contacts:read'] }, { name: 'ERP' }],
    ['an agent', 'POST /api/v2/agents', { name: 'mira', password: 'correct horse battery' }, { role: 'admin' }],
  ])('of %s guards against undoing what somebody else did', async (_, create, body, changes) => {
    await using api = await createApiWorld()
    const created = await api.call(create, { body })
    const route = `${create.slice('POST '.length)}/${created.body['id']}`

    const read = await api.call(`GET ${route}`)
    const changed = await api.call(`PATCH ${route}`, { body: changes, headers: { 'if-match': String(read.headers['etag']) } })
    const late = await api.call(`PATCH ${route}`, { body: changes, headers: { 'if-match': String(read.headers['etag']) } })
    const anyway = await api.call(`PATCH ${route}`, { body: changes, headers: { 'if-match': '*' } })

    expect(created.headers['location']).toBe(route)
    expect([created, read, changed, anyway].map(({ headers }) => headers['etag'])).toEqual(['"1"', '"1"', '"2"', '"3"'])
    expect([changed.status, late.status, anyway.status]).toEqual([200, 412, 200])
  })
  test('that a proxy weakened still counts, one of another kind never does, and a list of them is refused', async () => {
    await using api = await createApiWorld()
    const patch = (etag: string) => api.call(`PATCH /api/v2/deployments/${api.deploymentId}`, { body: {}, headers: { 'if-match': etag } })

    const answers = [await patch('W/"1"'), await patch('"other"'), await patch('"1", "2"'), await patch('1')]

    expect(answers.map(({ status }) => status)).toEqual([200, 412, 400, 400])
  })
  test('that the reader has already is not sent again', async () => {
    await using api = await createApiWorld()
    const { route } = await aConversation(api)
    const read = await api.call(`GET ${route}`)
    const again = (etag: string) => api.call(`GET ${route}`, { headers: { 'if-none-match': etag } })

    const answers = [await again(String(read.headers['etag'])), await again(`"x", W/${read.headers['etag']}`), await again('*'), await again('"x"')]

    expect(answers.map(({ status }) => status)).toEqual([304, 304, 304, 200])
    expect(answers[0]?.text).toBe('')
    expect(answers[0]?.headers['etag']).toBe(read.headers['etag'])
  })
  test('of a conversation counts everything its page shows', async () => {
    await using api = await createApiWorld()
    const { contactId, route } = await aConversation(api)
    const tags = [String((await api.call(`GET ${route}`)).headers['etag'])]

    api.presence.enter(contactId as never)
    tags.push(String((await api.call(`GET ${route}`)).headers['etag']))
    await api.call(`PATCH /api/v2/contacts/${contactId}`, { body: { name: 'Ada L.' } })
    tags.push(String((await api.call(`GET ${route}`)).headers['etag']))
    const changed = await api.call(`PATCH ${route}`, { body: { status: 'closed' }, headers: { 'if-match': tags[0] ?? '' } })

    expect(new Set(tags).size).toBe(3)
    expect(changed.status).toBe(200)
  })
})

describe('a list', () => {
  test.each([
    ['contacts', '/api/v2/contacts', (api: ApiWorld, n: number) => api.call('POST /api/v2/contacts', { body: { externalId: `${n}` } })],
    ['deployments', '/api/v2/deployments', (api: ApiWorld, n: number) => api.call('POST /api/v2/deployments', { body: { name: `${n}` } })],
    ['clients', '/api/v2/oauth/clients', (api: ApiWorld, n: number) => api.call('POST /api/v2/oauth/clients', { body: { name: `${n}`, scopes: ['contacts:read'] } })],
    ['agents', '/api/v2/agents', (api: ApiWorld, n: number) => api.call('POST /api/v2/agents', { body: { name: `${n}`, password: 'correct horse battery' } })],
    ['conversations', messaging, (api: ApiWorld) => aConversation(api)],
    ['proactive messages', `${messaging}/proactive`, (api: ApiWorld) => aConversation(api)],
  ])('of %s is walked by following nextUri, each thing once', async (_, path, make) => {
    await using api = await createApiWorld()
    for (let n = 0; n < 5; n += 1) {
      await make(api, n)
      api.clock.advance(milliseconds(10))
    }
    const ids: string[] = []

    for (let next: string | undefined = `${path}?pageSize=2`; next !== undefined; ) {
      const { body, headers } = await api.call(`GET ${next}`)
      ids.push(...body['entities'].map(({ id }: { id: string }) => id))
      next = body['nextUri']
      expect(headers['link']).toBe(next === undefined ? undefined : `<${next}>; rel="next"`)
      expect(body['pageSize']).toBe(2)
    }

    expect(ids.length).toBeGreaterThanOrEqual(5)
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('refuses a cursor that was damaged, made up, or given out by another list', async () => {
    await using api = await createApiWorld()
    for (let n = 0; n < 3; n += 1) await api.call('POST /api/v2/contacts', { body: {} })
    const next = String((await api.call('GET /api/v2/contacts?pageSize=1')).body['nextUri'])
    const cursor = new URL(next, 'http://any').searchParams.get('cursor') ?? ''
    const cut = cursor.slice(0, -1)
    const changed = cursor.replace(/.$/, (last) => (last === '0' ? '1' : '0'))

    const answers = [cut, changed, 'eyJhIjoxfQ', '.'].map((one) => api.call(`GET /api/v2/contacts?cursor=${one}`))

    for (const answer of [...answers, api.call(`GET ${messaging}?cursor=${cursor}`)]) {
      expect((await answer).body).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ pointer: '?cursor' }] })
    }
    expect((await api.call(`GET ${next}`)).body['entities']).toHaveLength(1)
  })
  test('keeps its filters from page to page', async () => {
    await using api = await createApiWorld()
    for (const name of ['Ada', 'Ben', 'Adam', 'Adele']) await api.call('POST /api/v2/contacts', { body: { name } })

    const first = await api.call('GET /api/v2/contacts?q=ad&pageSize=2')
    const second = await api.call(`GET ${first.body['nextUri']}`)

    expect([...first.body['entities'], ...second.body['entities']].map(({ name }: { name: string }) => name).toSorted()).toEqual(['Ada', 'Adam', 'Adele'])
  })
  test('of contacts is narrowed by every filter it knows', async () => {
    await using api = await createApiWorld()
    await api.call('POST /api/v2/deployments', { body: {} })
    const { deploymentId } = api
    await api.call('POST /api/v2/contacts', { body: { deploymentId, name: 'Ada', email: 'ada@example.org', externalId: 'a' } })
    await api.call('POST /api/v2/contacts', { body: { deploymentId, name: 'Ben', email: 'ben@example.org', externalId: 'b' } })
    const names = async (query: string) => (await api.call(`GET /api/v2/contacts?${query}`)).body['entities'].map(({ name }: { name: string }) => name)

    expect([await names('externalId=a'), await names('email=BEN@example.org'), await names('email=ben@example'), await names(`deploymentId=${deploymentId}&q=ada`), await names('deploymentId=x'), await names('externalId=a&q=ben')])
      .toEqual([['Ada'], ['Ben'], [], ['Ada'], [], []])
  })
  test('of a conversation’s entries goes on after the last one, and ends with the log', async () => {
    await using api = await createApiWorld()
    const { route } = await aConversation(api)
    for (const text of ['a', 'b', 'c']) await api.call(`POST ${route}/messages`, { body: { text } })
    const seqs: number[] = []

    for (let next: string | undefined = `${route}/messages?limit=2`; next !== undefined; ) {
      const { body } = await api.call(`GET ${next}`)
      seqs.push(...body['entities'].map(({ seq }: { seq: number }) => seq))
      next = body['nextUri']
    }

    expect(seqs).toEqual([1, 2, 3, 4, 5])
  })
})
