import { genesysOperations, scopesFor, type Operation } from '@beckon/protocol'
import { minutes } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { createGenesysWorld } from './testing/genesys-world.ts'

const rows: readonly Operation[] = Object.values(genesysOperations)
const each = rows.map((row) => [row.operationId, row] as const)
const nobody = '01900000-0000-7000-8000-000000000000'

function routeOf({ method, path }: Operation): string {
  return `${method} ${path.replaceAll(/\{\w+\}/g, nobody)}`
}

describe('every operation', () => {
  test.each(each)('%s wants a token first', async (_, row) => {
    await using world = await createGenesysWorld()

    const no = await world.call(routeOf(row), { token: null, payload: '{' })

    expect(no).toMatchObject({ status: 401, body: { code: 'authentication.required' }, headers: { 'www-authenticate': 'Bearer realm="beckon"' } })
  })
  test.each(each.filter(([, row]) => row.scopes.length > 0))('%s then wants a scope, whatever the id or the body', async (_, row) => {
    await using world = await createGenesysWorld()
    const token = await world.tokenWith(['oauth:clients:write'])

    const no = await world.call(routeOf(row), { token, ...(row.body ? { payload: '{' } : {}) })

    const [scope] = row.scopes
    expect(no).toMatchObject({
      status: 403,
      body: { code: 'missing.any.permissions', requiredScope: scope, grantedScopes: ['oauth:clients:write'], messageParams: { permissions: scope } },
    })
    expect(no.headers['www-authenticate']).toContain(`scope="${scope}"`)
  })
  test.each(each.filter(([, row]) => row.params !== undefined))('%s then says that there is no such thing, or what its body lacks', async (_, row) => {
    await using world = await createGenesysWorld()
    const example = row.examples[0]

    const no = await world.call(routeOf(row), row.body === undefined ? {} : { body: example?.body })

    expect(no.status).toBe(404)
  })
  test.each(each.filter(([, row]) => row.params !== undefined))('%s takes one of the scopes that its row names for the body', async (_, row) => {
    const [example] = row.examples
    const sufficient = scopesFor(row, example?.body)
    await using world = await createGenesysWorld()
    const statuses = await Promise.all(sufficient.map(async (scope) => (await world.call(routeOf(row), { token: await world.tokenWith([scope]), ...(row.body ? { body: example?.body } : {}) })).status))

    expect(new Set(statuses)).toEqual(new Set([404]))
  })
})

describe('a refusal', () => {
  test.each([['conversations/messages', 'cursor'], ['webdeployments/deployments', 'after']])('of a damaged place in the list of %s points at it', async (list, field) => {
    await using world = await createGenesysWorld()

    const no = await world.call(`GET /api/v2/${list}?${field}=1.damaged`)

    expect(no).toMatchObject({ status: 400, body: { code: 'bad.request' } })
    expect(JSON.stringify(no.body)).toContain(`?${field}`)
  })
  test('of an expired token says so', async () => {
    await using world = await createGenesysWorld()
    world.at.clock.advance(minutes(120))

    expect(await world.call('GET /api/v2/notifications/channels')).toMatchObject({ status: 401, body: { code: 'credentials.expired' } })
  })
  test('of a token that never was says so', async () => {
    await using world = await createGenesysWorld()

    expect(await world.call('GET /api/v2/notifications/channels', { token: 'bkt_01234567890123' })).toMatchObject({ status: 401, body: { code: 'bad.credentials' } })
  })
  test('of an unknown conversation has the code of the original', async () => {
    await using world = await createGenesysWorld()

    expect(await world.call(`DELETE /api/v2/conversations/${nobody}`)).toMatchObject({
      status: 404,
      body: { code: 'conversation.error.conversation.not.found', message: `There is no conversation ${nobody}.`, type: 'https://chat.example/docs/errors/not_found' },
    })
  })
  test('of an unknown participant has the code of the original', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()

    const no = await world.call(`PATCH /api/v2/conversations/${id}/participants/${nobody}`, { body: { state: 'disconnected' } })

    expect(no).toMatchObject({ status: 404, body: { code: 'conversation.error.not.conversation.participant' } })
  })
  test('of a leg that is another’s than the participant’s is that of an unknown one', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const [customer] = (await world.at.conversation()).participants

    const no = await world.call(`PATCH /api/v2/conversations/messages/${id}/participants/${customer?.id}/communications/${nobody}`, { body: { state: 'disconnected' } })

    expect(no.status).toBe(404)
    expect(await world.at.conversation()).toMatchObject({ status: 'open' })
  })
  test.each([
    ['PATCH', 'conversations/messages/{id}', 'state'],
    ['PATCH', 'conversations/{id}/participants/{customer}', 'state'],
    ['PATCH', 'conversations/messages/{id}/participants/{customer}', 'state'],
    ['PATCH', 'conversations/messages/{id}/participants/{customer}/attributes', 'attributes'],
    ['POST', 'conversations/messages/{id}/communications/{customer}/messages', 'textBody'],
  ])('of %s %s without a body names it, and where programs forget it', async (verb, path, field) => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const [customer] = (await world.at.conversation()).participants
    const route = `${verb} /api/v2/${path.replace('{id}', id).replace('{customer}', customer?.id ?? '')}`

    const none = await world.call(route)
    const empty = await world.call(route, { body: {} })

    expect(none).toMatchObject({ status: 400, body: { message: expect.stringMatching(/^The body is missing: send .*\{ body: /) } })
    expect(empty).toMatchObject({ status: 400, body: { message: expect.stringMatching(new RegExp(`^${field} is missing`)), details: [{ fieldName: field }] } })
    expect(await world.at.conversation()).toMatchObject({ status: 'open' })
  })
  test('of a state that none is lists those there are', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()

    const no = await world.call(`PATCH /api/v2/conversations/messages/${id}`, { body: { state: 'parked' } })

    expect(no).toMatchObject({ status: 400, body: { code: 'invalid.value', messageParams: { allowed: 'disconnected, connected' }, details: [{ errorCode: 'invalid.value', fieldName: 'state' }] } })
  })
  test('of what is not JSON comes in the envelope too', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()

    const no = await world.call(`PATCH /api/v2/conversations/messages/${id}`, { payload: '{"state":' })

    expect(no).toMatchObject({ status: 400, body: { code: 'bad.request', message: expect.stringContaining('not valid JSON') } })
  })
  test('of another media type comes in the envelope too', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()

    const no = await world.call(`PATCH /api/v2/conversations/messages/${id}`, { payload: 'state=disconnected', headers: { 'content-type': 'text/plain' } })

    expect(no).toMatchObject({ status: 415, body: { code: 'unsupported.media.type' } })
  })
  test('of an erased person is that of what is gone', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    await world.at.useCases.eraseContact({ contactId: world.at.guest.contact.id })

    expect(await world.call(`GET /api/v2/conversations/${id}`)).toMatchObject({ status: 410, body: { code: 'conversation.erased' } })
  })
  test('of too many requests says when to come back, in both vocabularies', async () => {
    await using world = await createGenesysWorld({ rate: { perSecond: 1, burst: 2 } })
    const ask = () => world.call('GET /api/v2/notifications/channels')

    const answers = [await ask(), await ask(), await ask()]

    expect(answers.map(({ status, headers }) => [status, headers['inin-ratelimit-count'], headers['inin-ratelimit-allowed']])).toEqual([[200, '1', '2'], [200, '2', '2'], [429, '2', '2']])
    expect(answers[2]).toMatchObject({ body: { code: 'too.many.requests.retry.after' }, headers: { 'retry-after': '1', 'inin-ratelimit-reset': '1' } })
  })
})

describe('the token that asks', () => {
  test('is revoked by itself', async () => {
    await using world = await createGenesysWorld()
    const token = await world.tokenWith(['conversations:read'])

    const revoked = await world.call('DELETE /api/v2/tokens/me', { token })

    expect([revoked.status, revoked.text]).toEqual([200, ''])
    expect(await world.call('GET /api/v2/notifications/channels', { token })).toMatchObject({ status: 401, body: { code: 'bad.credentials', message: expect.stringContaining('revoked') } })
  })
  test('is none where a desk signed in, which signs out elsewhere', async () => {
    await using world = await createGenesysWorld()
    const cookie = await world.deskCookie('agent')

    const no = await world.call('DELETE /api/v2/tokens/me', { token: null, headers: { cookie, 'x-beckon-desk': '1' } })

    expect(no).toMatchObject({ status: 400, body: { actions: [{ method: 'POST', href: '/api/v2/agents/logout' }] } })
  })
})

describe('deployments', () => {
  test('are listed and read in the shape of the original', async () => {
    await using world = await createGenesysWorld()
    const id = world.at.deploymentId

    const listed = (await world.call('GET /api/v2/webdeployments/deployments')).body
    const one = (await world.call(`GET /api/v2/webdeployments/deployments/${id}`)).body

    expect(one).toMatchObject({ id, name: 'Shop', status: 'Active', allowAllDomains: false, allowedDomains: ['shop.example'] })
    expect(listed.entities).toEqual([one])
  })
  test('that are open to every page have no list of pages', async () => {
    await using world = await createGenesysWorld({ allowedDomains: ['*'] })

    expect((await world.call(`GET /api/v2/webdeployments/deployments/${world.at.deploymentId}`)).body).toMatchObject({ allowAllDomains: true, allowedDomains: [] })
  })
  test('come page by page', async () => {
    await using world = await createGenesysWorld()
    await world.at.useCases.createDeployment({ settings: { name: 'Other' } })

    const first = (await world.call('GET /api/v2/webdeployments/deployments?pageSize=1')).body
    const second = (await world.call(`GET ${first.nextUri}`)).body

    expect([first.entities[0].name, second.entities[0].name]).toEqual(['Shop', 'Other'])
  })
})
