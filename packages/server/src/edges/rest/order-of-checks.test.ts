import { operations, type Operation } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { createApiWorld } from '../../testing/api-world.ts'

const served: readonly Operation[] = Object.values(operations)
const scoped = served.filter(({ auth, scopes }) => auth === 'bearer' && scopes.length > 0)
const each = (list: readonly Operation[]): readonly (readonly [string, Operation])[] => list.map((row) => [row.operationId, row] as const)

/** The operation called with ids that nothing has. */
function nowhere({ method, path }: Operation): string {
  return `${method} ${path.replaceAll(/\{\w+\}/g, '00000000-0000-7000-8000-ffffffffffff')}`
}

const nonsense = { body: { nonsense: true } }

describe('the scope must suffice, whatever the body is', () => {
  test.each(each(scoped.filter(({ body }) => body !== undefined)))('%s: a body that is not even JSON does not hide that the scope is missing', async (_, row) => {
    await using api = await createApiWorld()
    const token = await api.tokenWith(['webhooks:write'])

    const answer = await api.call(nowhere(row), { payload: '{', headers: { 'content-type': 'application/json' }, token })

    expect(answer.body).toMatchObject({ status: 403, code: 'insufficient_scope' })
  })
  test('closing and reopening by the same call need different scopes, and each refusal names its own', async () => {
    await using api = await createApiWorld()
    const route = nowhere(operations['update-conversation'])
    const [closer, opener] = [await api.tokenWith(['webmessaging:write']), await api.tokenWith(['conversations:write'])]

    const open = await api.call(route, { body: { status: 'open' }, token: closer })
    const close = await api.call(route, { body: { status: 'closed' }, token: opener })

    expect(open.body).toMatchObject({ status: 403, requiredScope: 'conversations:write' })
    expect(close.body).toMatchObject({ status: 403, requiredScope: 'webmessaging:write' })
  })
  test('a send with the address in the body needs the scope of that kind of address', async () => {
    await using api = await createApiWorld()
    const token = await api.tokenWith(['messaging:contact:write'])
    const route = 'POST /api/v2/conversations/messaging/messages'

    const toConversation = await api.call(route, { body: { conversationId: 'x', text: 'Hi' }, token })
    const toContact = await api.call(route, { body: { contactId: 'x', text: 'Hi' }, token })

    expect(toConversation.body).toMatchObject({ status: 403, requiredScope: 'messaging:conversation:write' })
    expect(toContact.body).toMatchObject({ status: 404 })
  })
})

describe('then the request must make sense, before it is looked where it leads', () => {
  const withBody = scoped.filter(({ body }) => body !== undefined)

  test.each(each(withBody))('%s: a field that is not known is refused, though the id leads nowhere', async (_, row) => {
    await using api = await createApiWorld()

    const answer = await api.call(nowhere(row), { ...nonsense, headers: { 'if-match': '*' } })

    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(answer.body['errors']).toContainEqual({ pointer: '#/nonsense', detail: expect.stringContaining('is not known here') })
  })
  test.each(each(scoped.filter(({ params }) => params !== undefined)))('%s: with everything else right, an id that nothing has is 404', async (_, row) => {
    await using api = await createApiWorld()
    const body = row.examples[0]?.body

    const answer = await api.call(nowhere(row), { ...(body === undefined ? {} : { body }), headers: { 'if-match': '*' } })

    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' })
    expect(answer.body['detail']).toContain('00000000-0000-7000-8000-ffffffffffff')
  })
  test.each(each(scoped.filter(({ params }) => params !== undefined)))('%s: an id that is no id leads nowhere, and is no fault of the body', async (_, row) => {
    await using api = await createApiWorld()
    const route = `${row.method} ${row.path.replaceAll(/\{\w+\}/g, '9'.repeat(200))}`

    const answer = await api.call(route, nonsense)

    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' })
  })
})

test('a token in the query is refused with the reason, and never read', async () => {
  await using api = await createApiWorld()

  const answer = await api.call(`GET /api/v2/contacts?access_token=${api.token}`, { token: null })

  expect(answer.status).toBe(401)
  expect(answer.body['detail']).toContain('would end up in logs')
})

test('another scheme than Bearer is challenged', async () => {
  await using api = await createApiWorld()

  const answer = await api.call('GET /api/v2/contacts', { token: null, headers: { authorization: 'Basic abc' } })

  expect(answer.status).toBe(401)
  expect(answer.headers['www-authenticate']).toBe('Bearer realm="beckon"')
})

test('a revocation counts for the very next call', async () => {
  await using api = await createApiWorld()
  const { clientId, secret } = await api.clientWith(['contacts:read'])
  const credentials = { client_id: clientId, client_secret: secret }
  const { body } = await api.call('POST /oauth/token', { token: null, body: { grant_type: 'client_credentials', ...credentials } })
  const token = String(body['access_token'])
  expect((await api.call('GET /api/v2/contacts', { token })).status).toBe(200)

  await api.call('POST /oauth/revoke', { token: null, body: { token, ...credentials } })

  expect((await api.call('GET /api/v2/contacts', { token })).body['detail']).toContain('revoked')
})

test('a scope taken from a client, and a client deleted, count for the very next call of its tokens', async () => {
  await using api = await createApiWorld()
  const { clientId, secret } = await api.clientWith(['contacts:read', 'events:read'])
  const { body } = await api.call('POST /oauth/token', { token: null, body: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret } })
  const token = String(body['access_token'])
  expect((await api.call('GET /api/v2/contacts', { token })).status).toBe(200)

  await api.call(`PATCH /api/v2/oauth/clients/${clientId}`, { body: { scopes: ['events:read'] } })
  const narrowed = await api.call('GET /api/v2/contacts', { token })
  await api.call(`DELETE /api/v2/oauth/clients/${clientId}`)
  const gone = await api.call('GET /api/v2/events', { token })

  expect(narrowed.body).toMatchObject({ status: 403, grantedScopes: ['events:read'] })
  expect(gone.body).toMatchObject({ status: 401 })
})
