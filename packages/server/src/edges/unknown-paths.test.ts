import { allScopes } from '@beckon/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { composeWorld, type ComposedWorld } from '../testing/composed-world.ts'
import { follow, listen, type HttpCall } from '../testing/http-caller.ts'

const messaging = '/api/v2/conversations/messaging'

let world: ComposedWorld
let call: HttpCall
let token: string
let contactId: string
let conversationId: string

beforeAll(async () => {
  world = await composeWorld()
  call = await listen(world)
  token = (await world.issue(allScopes)).token
  await world.useCases.createDeployment({ settings: { name: 'Shop', allowedDomains: ['*'] } })
  contactId = (await call('POST /api/v2/contacts', { token, body: { name: 'Ada' } })).body['id']
  conversationId = (await call(`POST ${messaging}/contacts/${contactId}/messages`, { token, body: { text: 'Hello' } })).body['conversationId']
})
afterAll(() => world[Symbol.asyncDispose]())

const withIds = (text: string): string => text.replaceAll('CONVERSATION', conversationId).replaceAll('CONTACT', contactId)

describe('a path that people write and nobody serves is told the closest that is documented', () => {
  test.each([
    ['POST /api/v2/conversations/webmessaging/notifications', `${messaging}/messages`],
    ['POST /api/v2/oauth/guest/token', '/oauth/token'],
    ['POST /api/v2/oauth/token', '/oauth/token'],
    ['POST /oauth/v2/token', '/oauth/token'],
    ['POST /api/v2/oauth/introspect', '/oauth/introspect'],
    ['GET /api/v2/token/me', '/api/v2/tokens/me'],
    ['POST /api/v2/conversation/messaging/messages', `${messaging}/messages`],
    ['POST /api/v2/conversations/messaging/CONVERSATION/message', `${messaging}/{conversationId}/messages`],
    ['POST /api/v2/conversations/Messaging/CONVERSATION/Messages', `${messaging}/{conversationId}/messages`],
    ['POST /api/v2/conversations/webmessaging/CONVERSATION/messages', `${messaging}/{conversationId}/messages`],
    ['POST /api/v2/conversations/webmessaging/contacts/CONTACT/messages', `${messaging}/contacts/{contactId}/messages`],
    ['POST /api/v2/conversations/messaging/customers/CONTACT/messages', `${messaging}/contacts/{contactId}/messages`],
    ['PATCH /api/v2/conversations/webmessaging/CONVERSATION', `${messaging}/{conversationId}`],
    ['GET /conversations/messaging/CONVERSATION', `${messaging}/{conversationId}`],
    ['GET /api/v2/contact/CONTACT', '/api/v2/contacts/{contactId}'],
    ['GET /api/v2/event', '/api/v2/events'],
  ])('%s: %s', async (route, closest) => {
    const answer = await call(withIds(route))

    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' })
    expect(answer.body['detail']).toContain(`The closest is ${closest}.`)
  })

  test('a misspelt last word that was taken for an id is told with the verbs', async () => {
    const { body } = await call('POST /api/v2/conversations/messaging/session')

    expect(body).toMatchObject({ status: 405, detail: expect.stringContaining(`The closest with POST is ${messaging}/sessions.`) })
  })

  test.each(['GET /wp-admin/setup.php', 'POST /graphql', 'GET /api/v2/analytics/users/aggregates/query', `GET /${'a/'.repeat(3000)}`])('%s resembles nothing', async (route) => {
    const answer = await call(route)

    expect(answer.body).toMatchObject({ status: 404, code: 'not_found', detail: expect.stringContaining('The API is described at /openapi.json.') })
  })
})

describe('where the verb fits, the call is offered as it should have been', () => {
  test.each([
    ['POST /api/v2/conversations/webmessaging/notifications', { conversationId: 'CONVERSATION', text: 'Are you still there?' }],
    ['POST /api/v2/conversations/messaging/CONVERSATION/message', { text: 'Are you still there?' }],
    ['POST /api/v2/conversations/webmessaging/contacts/CONTACT/messages', { text: 'Are you still there?' }],
    ['PATCH /api/v2/conversations/webmessaging/CONVERSATION', { status: 'closed' }],
    ['PATCH /api/v2/conversations/webmessaging/CONVERSATION', { status: 'open' }],
    ['GET /conversations/messaging/CONVERSATION', undefined],
    ['GET /api/v2/contact/CONTACT', undefined],
    ['GET /api/v2/token/me', undefined],
  ])('%s with %j', async (route, body) => {
    const given: unknown = body && JSON.parse(withIds(JSON.stringify(body)))
    const [method] = route.split(' ')

    const { body: refused } = await call(withIds(route), given === undefined ? {} : { body: given })

    expect(refused['actions']).toEqual([expect.objectContaining({ method, href: expect.stringMatching(/^\/api\/v2\//), ...(given === undefined ? {} : { body: given }) })])
    expect((await follow(world, call, refused['actions'][0], token)).status).toBeLessThan(300)
  })

  test('but not with a body that is for something else, without the ids, or with credentials of another kind', async () => {
    const refusals = [
      await call('POST /api/v2/conversations/webmessaging/notifications', { body: { queueId: 'support', subject: 'Hello' } }),
      await call('POST /api/v2/conversations/webmessaging/notifications', { payload: '{', headers: { 'content-type': 'application/json' } }),
      await call('GET /api/v2/contact/nobody'),
      await call('POST /api/v2/oauth/guest/token', { payload: 'grant_type=client_credentials', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    ]

    expect(refusals.map(({ status, body }) => [status, body['actions']])).toEqual(refusals.map(() => [404, undefined]))
  })

  test('nobody needs a token to be told, and nobody learns whether the ids exist', async () => {
    const route = (id: string): string => `GET /conversations/messaging/${id}`
    const [known, unknown] = [await call(route(conversationId)), await call(route('00000000-0000-7000-8000-ffffffffffff'))]

    expect([known.status, unknown.status]).toEqual([404, 404])
    expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body))
  })
})
