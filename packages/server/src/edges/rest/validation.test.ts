import { seconds } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { createApiWorld, type ApiRequest } from '../../testing/api-world.ts'

const json = { 'content-type': 'application/json' }

async function faultsOf(route: string, request: ApiRequest): Promise<unknown> {
  await using api = await createApiWorld()
  const answer = await api.call(route, request)
  expect(answer.status).toBe(400)
  return answer.body['errors']
}

describe('a fault is told where it is, in words', () => {
  const send = 'POST /api/v2/conversations/messaging/messages'

  test.each([
    ['a misspelt field', { contactId: 'x', txt: 'Hi', content: [{ contentType: 'Card' }] }, { pointer: '#/txt', detail: 'is not known here; did you mean text?' }],
    ['nothing to say', { contactId: 'x' }, { pointer: '#', detail: 'needs text or content' }],
    ['no address', { text: 'Hi' }, { pointer: '#', detail: 'needs contactId or externalId or conversationId or sessionId or webChatSessionId or webchatSessionId' }],
    ['a number for a text', { contactId: 'x', text: 7 }, { pointer: '#/text', detail: 'must be a string' }],
    ['an empty text', { contactId: 'x', text: '' }, { pointer: '#/text', detail: 'must not be empty' }],
    ['a text of too many bytes', { contactId: 'x', text: 'ä'.repeat(3000) }, { pointer: '#/text', detail: 'must not have more than 4096 bytes of UTF-8' }],
    ['an unknown policy', { contactId: 'x', text: 'Hi', policy: { whenClosed: 'perhaps' } }, { pointer: '#/policy/whenClosed', detail: 'must be one of reopen, append, startLinked, reject' }],
    ['a time in prose', { contactId: 'x', text: 'Hi', policy: { sendAt: 'tomorrow' } }, { pointer: '#/policy/sendAt', detail: 'must be a time such as 2026-03-04T10:11:12.345Z' }],
    ['a second that does not exist', { contactId: 'x', text: 'Hi', policy: { sendAt: '2026-03-04T23:59:60Z' } }, { pointer: '#/policy/sendAt', detail: 'is a time that no calendar has' }],
    ['an end before the beginning', { contactId: 'x', text: 'Hi', policy: { sendAt: '2030-01-02T00:00:00Z', expiresAt: '2030-01-01T00:00:00Z' } }, { pointer: '#/policy/expiresAt', detail: 'must be later than sendAt' }],
    ['the same route twice', { contactId: 'x', text: 'Hi', policy: { routes: ['live', 'live'] } }, { pointer: '#/policy/routes', detail: 'must not name anything twice' }],
  ])('%s', async (_, body, fault) => {
    expect(await faultsOf(send, { body })).toContainEqual(fault)
  })

  test.each([
    ['GET /api/v2/contacts?pageSize=0', { pointer: '?pageSize', detail: 'must be at least 1' }],
    ['GET /api/v2/contacts?pageSize=many', { pointer: '?pageSize', detail: 'must be a whole number' }],
    ['GET /api/v2/contacts?pageSize=1.5', { pointer: '?pageSize', detail: 'must be a whole number' }],
    ['GET /api/v2/contacts?pagesize=5', { pointer: '?pagesize', detail: 'is not known here; did you mean pageSize?' }],
    ['GET /api/v2/contacts?q=a&q=b', { pointer: '?q', detail: 'must be a string' }],
    ['GET /api/v2/conversations/messaging?quiet=maybe', { pointer: '?quiet', detail: 'must be a boolean' }],
    ['GET /api/v2/events?types=message.created,message.read', { pointer: '?types', detail: 'is not in the form it must have' }],
    ['GET /api/v2/events?after=yesterday', { pointer: '?after', detail: 'is not a cursor of this feed: take it from an earlier answer' }],
  ])('%s', async (route, fault) => {
    expect(await faultsOf(route, {})).toEqual([fault])
  })

  test('all faults of a request are told at once', async () => {
    const body = { name: 7, email: 'nowhere', attributes: { tier: 1 }, optedOut: ['spam'] }

    expect(await faultsOf('POST /api/v2/contacts', { body })).toEqual([
      { pointer: '#/name', detail: 'must be a string' },
      { pointer: '#/email', detail: 'must be an e-mail address' },
      { pointer: '#/attributes/tier', detail: 'must be a string' },
      { pointer: '#/optedOut/0', detail: 'must be one of service, marketing' },
    ])
  })
  test('lengths of time are measured', async () => {
    const body = { sessionDuration: 'PT0S', reopenWithin: 'P99999D', idleCloseAfter: 'P1M' }

    expect(await faultsOf('POST /api/v2/deployments', { body: { idleCloseAfter: body.idleCloseAfter } })).toEqual([{ pointer: '#/idleCloseAfter', detail: 'is not in the form it must have' }])
    expect(await faultsOf('POST /api/v2/deployments', { body: { sessionDuration: 'PT0S', reopenWithin: 'P99999D' } })).toEqual([
      { pointer: '#/sessionDuration', detail: 'must be at least a second' },
      { pointer: '#/reopenWithin', detail: 'must be an ISO 8601 duration of at most ten years, such as P7D' },
    ])
  })
  test('two addresses of different people contradict each other, and both are pointed at', async () => {
    await using api = await createApiWorld()
    const [ada, ben] = [await api.call('POST /api/v2/contacts', { body: { externalId: 'ada' } }), await api.call('POST /api/v2/contacts', { body: { externalId: 'ben' } })]

    const answer = await api.call(send, { body: { contactId: ada.body['id'], externalId: 'ben', text: 'Hi' } })
    const agreeing = await api.call(send, { body: { contactId: ben.body['id'], externalId: 'ben', text: 'Hi' } })

    expect(answer.body['errors']).toEqual([
      { pointer: '#/contactId', detail: 'leads to another person than externalId' },
      { pointer: '#/externalId', detail: 'leads to another person than contactId' },
    ])
    expect(agreeing.body).toMatchObject({ contactId: ben.body['id'] })
  })
})

describe('a body that cannot be read', () => {
  test.each([
    ['a missing value', '{"name":}', '#', 'is not valid JSON: "}" cannot be there (line 1, column 9)'],
    ['a comma too many, on its line', '{\n "name": "Ada",\n}', '#', 'is not valid JSON: "}" cannot be there (line 3, column 1)'],
    ['one cut off', '{"name": "Ad', '#', 'is not valid JSON: it ends too early (line 1, column 13)'],
    ['a single quote', "{'name': 1}", '#', `is not valid JSON: "'" cannot be there (line 1, column 2)`],
    ['a list', '[]', '#', 'must be an object'],
    ['null', 'null', '#', 'must be an object'],
    ['a prototype', '{"name": "Ada", "__proto__": {"isAdmin": true}}', '#/__proto__', 'is not a name that a field may have'],
    ['a prototype in disguise', '{"attributes": {"\\u005f_proto__": "x"}}', '#/attributes/__proto__', 'is not a name that a field may have'],
    ['one nested without end', `{"attributes":${'['.repeat(5000)}${']'.repeat(5000)}}`, '#', 'is nested more than 100 levels deep'],
  ])('%s', async (_, payload, pointer, detail) => {
    expect(await faultsOf('POST /api/v2/contacts', { payload, headers: json })).toEqual([{ pointer, detail }])
  })
  test('bytes that are not UTF-8', async () => {
    const payload = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])

    expect(await faultsOf('POST /api/v2/contacts', { payload, headers: json })).toEqual([{ pointer: '#', detail: 'is not valid UTF-8' }])
  })
  test('a text that mentions a prototype is only a text', async () => {
    await using api = await createApiWorld()

    const answer = await api.call('POST /api/v2/contacts', { body: { name: 'What is "__proto__": anyway?' } })

    expect(answer.status).toBe(201)
  })
  test('no bytes at all, announced as JSON, are no body', async () => {
    await using api = await createApiWorld()

    const answer = await api.call('POST /api/v2/contacts', { payload: '', headers: json })

    expect(answer.status).toBe(201)
  })
  test('a body larger than the limit is refused as too large', async () => {
    await using api = await createApiWorld({ bodyLimit: 1000 })

    const answer = await api.call('POST /api/v2/contacts', { body: { name: 'x'.repeat(2000) } })

    expect(answer.body).toMatchObject({ status: 413, code: 'payload_too_large', detail: 'A body has at most 1000 bytes.' })
  })
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/json; charset=latin1', 'multipart/form-data; boundary=x'])('%s is not read here', async (type) => {
    await using api = await createApiWorld()

    const answer = await api.call('POST /api/v2/contacts', { payload: 'name=Ada', headers: { 'content-type': type } })

    expect(answer.body).toMatchObject({ status: 415, code: 'unsupported_media_type' })
  })
  test.each(['application/json', 'application/json; charset=utf-8', 'application/merge-patch+json', 'Application/JSON; charset="UTF-8"'])('%s is', async (type) => {
    await using api = await createApiWorld()

    const answer = await api.call('POST /api/v2/contacts', { payload: '{"name":"Ada"}', headers: { 'content-type': type } })

    expect(answer.status).toBe(201)
  })
})

describe('a path that leads nowhere', () => {
  test.each([
    ['GET /api/v2/conversation/messaging', '/api/v2/conversations/messaging'],
    ['POST /api/v2/contact', '/api/v2/contacts'],
    ['GET /api/v2/conversations/messaging/contacts/42/reachable', '/api/v2/conversations/messaging/contacts/{contactId}/reachability'],
  ])('%s is told of %s', async (route, closest) => {
    await using api = await createApiWorld()

    const answer = await api.call(route)

    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' })
    expect(answer.body['detail']).toContain(`The closest is ${closest}.`)
  })
  test('an id that is left out is told as that', async () => {
    await using api = await createApiWorld()

    const answer = await api.call('GET /api/v2/contacts/')

    expect(answer.body).toMatchObject({ status: 404, detail: 'The path ends where the id of a contact should be.' })
  })
  test('far from everything, it is told where the API is described', async () => {
    await using api = await createApiWorld()

    const answer = await api.call('GET /wp-admin/setup.php', { token: null })

    expect(answer.body).toMatchObject({ status: 404, detail: 'There is no /wp-admin/setup.php here. The API is described at /openapi.json.' })
  })
  test('a verb that is not served names those that are, even with a body of another kind', async () => {
    await using api = await createApiWorld()

    const answer = await api.call('PUT /api/v2/contacts/42', { payload: 'x', headers: { 'content-type': 'text/plain' } })

    expect(answer.body).toMatchObject({ status: 405, code: 'method_not_allowed' })
    expect(answer.headers['allow']).toBe('DELETE, GET, HEAD, PATCH')
  })
  test('a path that is not even text is refused', async () => {
    await using api = await createApiWorld()

    const answer = await api.call('GET /api/v2/contacts/%zz')

    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_request' })
  })
})

test('an answer that the caller does not accept is not made', async () => {
  await using api = await createApiWorld()

  const refused = await api.call('GET /api/v2/contacts', { headers: { accept: 'text/html' } })
  const accepted = await api.call('GET /api/v2/contacts', { headers: { accept: 'text/html, application/*;q=0.5' } })

  expect(refused.body).toMatchObject({ status: 406, code: 'not_acceptable' })
  expect(accepted.status).toBe(200)
})

test('a caller over its rate waits, is told for how long, and is let in again', async () => {
  await using api = await createApiWorld({ rate: { perSecond: 1, burst: 2 } })
  const call = () => api.call('GET /api/v2/contacts')

  const [first, second, third] = [await call(), await call(), await call()]
  api.clock.advance(seconds(1))
  const fourth = await call()

  expect([first.status, second.status, third.status, fourth.status]).toEqual([200, 200, 429, 200])
  expect(first.headers['ratelimit-policy']).toBe('"default";q=2;w=2')
  expect(first.headers['ratelimit']).toBe('"default";r=1;t=1')
  expect(third.headers['retry-after']).toBe('1')
  expect(third.body).toMatchObject({ code: 'rate_limited' })
})

test('one caller’s haste does not slow another down', async () => {
  await using api = await createApiWorld({ rate: { perSecond: 1, burst: 1 } })
  const other = await api.tokenWith(['contacts:read'])
  await api.call('GET /api/v2/contacts')

  expect((await api.call('GET /api/v2/contacts')).status).toBe(429)
  expect((await api.call('GET /api/v2/contacts', { token: other })).status).toBe(200)
})
