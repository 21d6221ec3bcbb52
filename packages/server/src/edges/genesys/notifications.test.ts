import { once } from 'node:events'
import { must, minutes, seconds, toId } from '@beckon/core'
import { WebSocket } from 'ws'
import { describe, expect, test } from 'vitest'
import { anAgentIn, createGenesysWorld, type GenesysWorld, type GenesysWorldSettings } from './testing/genesys-world.ts'
import { listenAt, type TestListener } from './testing/listener.ts'

const channels = '/api/v2/notifications/channels'
const ofConversation = (id: string, what: string): string => `v2.detail.events.conversation.${id}.${what}`

interface Served extends GenesysWorld {
  readonly open: (token?: string) => Promise<{ readonly id: string; readonly connectUri: string }>
  readonly follow: (...topics: readonly string[]) => Promise<TestListener>
}

/** The edge over real sockets. */
async function served(settings: GenesysWorldSettings = {}): Promise<Served> {
  const world = await createGenesysWorld(settings)
  const url = await world.app.listen({ host: '127.0.0.1', port: 0 })
  const open: Served['open'] = async (token) => {
    const { body } = await world.call(`POST ${channels}`, token === undefined ? {} : { token })
    return { id: body.id, connectUri: body.connectUri.replace('wss://chat.example', url.replace('http', 'ws')) }
  }
  return {
    ...world, open,
    async follow(...topics) {
      const channel = await open()
      await world.call(`POST ${channels}/${channel.id}/subscriptions`, { body: topics.map((id) => ({ id })) })
      return listenAt(channel.connectUri)
    },
  }
}

describe('a channel', () => {
  test('is opened without a body, told of, and listed to its own client only', async () => {
    await using world = await createGenesysWorld()

    const opened = (await world.call(`POST ${channels}`)).body
    const own = (await world.call(`GET ${channels}`)).body
    const others = (await world.call(`GET ${channels}`, { token: await world.tokenWith(['conversations:read']) })).body

    expect(opened).toMatchObject({ connectUri: expect.stringMatching(/^wss:\/\/chat\.example\/notifications\/v1\/bkn_/), expires: '2026-01-02T00:00:00.000Z' })
    expect([own.entities, others.entities]).toEqual([[opened], []])
  })
  test('is asked after by HEAD', async () => {
    await using world = await createGenesysWorld()
    const { id } = (await world.call(`POST ${channels}`)).body

    expect([(await world.call(`HEAD ${channels}/${id}`)).status, (await world.call(`HEAD ${channels}/nothing`)).status]).toEqual([200, 404])
  })
  test('lives for a day after its topics were changed', async () => {
    await using world = await createGenesysWorld()
    const client = await world.at.useCases.createClient({ details: { name: 'Patient', scopes: ['conversations:read'], tokenLifetime: minutes(2880) } })
    const made = must(client.ok ? client.value.client : undefined, 'the client was made')
    const { secret: token } = await world.at.useCases.issueToken({ client: made, scopes: made.scopes })
    const { id } = (await world.call(`POST ${channels}`, { token })).body
    const isThere = async (): Promise<number> => (await world.call(`HEAD ${channels}/${id}`, { token })).status

    world.at.clock.advance(minutes(1380))
    await world.call(`PUT ${channels}/${id}/subscriptions`, { token, body: [] })
    world.at.clock.advance(minutes(1380))
    const renewed = await isThere()
    world.at.clock.advance(minutes(60))

    expect([renewed, await isThere()]).toEqual([200, 404])
  })
  test('gives way when its client opens a twenty-first, the idlest first and those that are listened to last', async () => {
    await using world = await served()
    const first = await world.open()
    using listener = await listenAt(first.connectUri)
    const second = await world.open()
    for (let more = 0; more < 19; more += 1) await world.open()

    const ids = (await world.call(`GET ${channels}`)).body.entities.map((one: { id: string }) => one.id)

    expect(ids).toHaveLength(20)
    expect([ids.includes(first.id), ids.includes(second.id)]).toEqual([true, false])
    expect(listener.frames).toEqual([])
  })
})

describe('topics', () => {
  test('are added by POST, replaced by PUT and taken away by DELETE', async () => {
    await using world = await createGenesysWorld()
    const conversation = await world.aConversation()
    const { id } = (await world.call(`POST ${channels}`)).body
    const [start, end, view] = [ofConversation(conversation, 'customer.start'), ofConversation(conversation, 'customer.end'), `v2.conversations.${conversation}.messages`]
    const path = `${channels}/${id}/subscriptions`
    const followed = async (): Promise<readonly string[]> => (await world.call(`GET ${path}`)).body.entities.map((one: { id: string }) => one.id)

    await world.call(`POST ${path}`, { body: [{ id: start }] })
    await world.call(`POST ${path}`, { body: [{ id: end }] })
    const added = await followed()
    await world.call(`PUT ${path}`, { body: [{ id: view }] })
    const replaced = await followed()
    await world.call(`DELETE ${path}`)

    expect([added, replaced, await followed()]).toEqual([[start, end], [view], []])
  })
  test.each([
    ['that can never tell anything here', 'v2.users.7.conversations.messages', /no conversations of users/],
    ['about queues', 'v2.routing.queues.7.conversations.messages', /no queues/],
    ['about wrap-ups', ofConversation('7', 'wrapup'), /wrap-ups/],
    ['about a conversation that does not exist', ofConversation('7', 'customer.end'), /There is no conversation 7/],
    ['about a deployment that does not exist', 'v2.webmessaging.deployments.7.undelivered.messages', /There is no deployment 7/],
  ])('%s are rejected with the reason, and the rest is not', async (_, topic, reason) => {
    await using world = await createGenesysWorld()
    const conversation = await world.aConversation()
    const { id } = (await world.call(`POST ${channels}`)).body
    const good = ofConversation(conversation, 'customer.end')

    const { body } = await world.call(`POST ${channels}/${id}/subscriptions`, { body: [{ id: topic }, { id: good }, { id: 'channel.metadata' }] })

    expect(body.entities).toMatchObject([{ state: 'Rejected', rejectionReason: expect.stringMatching(reason) }, { state: 'Permitted' }, { state: 'Permitted' }])
  })
  test('that the client may not follow are rejected with the scope', async () => {
    await using world = await createGenesysWorld()
    const conversation = await world.aConversation()
    const token = await world.tokenWith(['events:read'])
    const { id } = (await world.call(`POST ${channels}`, { token })).body

    const { body } = await world.call(`POST ${channels}/${id}/subscriptions`, { token, body: [{ id: ofConversation(conversation, 'customer.end') }] })

    expect(body.entities).toMatchObject([{ state: 'Rejected', missingPermissions: ['conversations:read', 'admin:conversation:write'] }])
  })
  test('that exist nowhere refuse all of them, unless errors are to be ignored', async () => {
    await using world = await createGenesysWorld()
    const conversation = await world.aConversation()
    const { id } = (await world.call(`POST ${channels}`)).body
    const body = [{ id: ofConversation(conversation, 'customer.end') }, { id: 'v2.nonsense' }]

    const no = await world.call(`POST ${channels}/${id}/subscriptions`, { body })
    const nothing = (await world.call(`GET ${channels}/${id}/subscriptions`)).body.entities
    const some = await world.call(`POST ${channels}/${id}/subscriptions?ignoreErrors=true`, { body })

    expect(no).toMatchObject({ status: 400, body: { code: 'notification.invalid.topic', messageParams: { topic: 'v2.nonsense' } } })
    expect([nothing, some.body.entities.map((one: { state: string }) => one.state)]).toEqual([[], ['Permitted', 'Rejected']])
  })
  test('are a thousand at most', async () => {
    await using world = await createGenesysWorld()
    const { id } = (await world.call(`POST ${channels}`)).body
    const many = Array.from({ length: 1001 }, (_, index) => ({ id: `v2.system.s${index}` }))

    const no = await world.call(`POST ${channels}/${id}/subscriptions`, { body: many })
    const enough = await world.call(`POST ${channels}/${id}/subscriptions`, { body: many.slice(1) })

    expect([no.status, no.body.code, enough.status]).toEqual([400, 'notification.subscription.too.many.subscriptions', 200])
  })
  test('are catalogued with what they need', async () => {
    await using world = await createGenesysWorld()

    const { body } = await world.call('GET /api/v2/notifications/availabletopics?expand=description,requiresPermissions')

    expect(body.entities).toContainEqual(expect.objectContaining({ id: 'v2.detail.events.conversation.{id}.customer.end', requiresPermissions: ['conversations:read', 'admin:conversation:write'] }))
  })
})

describe('a listener is told', () => {
  test('of the end and the new beginning of a conversation, of its agents and its customer', async () => {
    await using world = await served()
    const id = await world.aConversation()
    const topics = ['customer.start', 'customer.end', 'user.start', 'user.end'].map((what) => ofConversation(id, what))
    using listener = await world.follow(...topics)

    const agent = await anAgentIn(world.at, id)
    const userStart = await listener.next(ofConversation(id, 'user.start'))
    await world.at.agentCloses()
    const userEnd = await listener.next(ofConversation(id, 'user.end'))
    const customerEnd = await listener.next(ofConversation(id, 'customer.end'))
    await world.at.agentReopens()
    const customerStart = await listener.next(ofConversation(id, 'customer.start'))
    await listener.next(ofConversation(id, 'user.start'))

    expect(userStart).toMatchObject({ conversationId: id, participantId: agent, sessionId: agent, userId: 'agent-7', mediaType: 'MESSAGE', messageType: 'WEBMESSAGING' })
    expect(userEnd).toMatchObject({ participantId: agent, disconnectType: 'CLIENT' })
    expect(customerEnd).toMatchObject({ conversationId: id, externalContactId: world.at.guest.contact.id, disconnectType: 'PEER', direction: 'INBOUND' })
    expect(customerStart).toMatchObject({ conversationId: id })
    expect(customerStart).not.toHaveProperty('disconnectType')
    expect(listener.frames.map(({ topicName }) => topicName?.split('.').slice(-2).join('.'))).toEqual(['user.start', 'user.end', 'customer.end', 'customer.start', 'user.start'])
  })
  test('of an agent who leaves, and not of others’ conversations', async () => {
    await using world = await served()
    const id = await world.aConversation()
    const agent = await anAgentIn(world.at, id)
    await world.at.useCases.createContact({ details: { externalId: 'crm-2' } })
    using listener = await world.follow(ofConversation(id, 'user.end'), `v2.conversations.${id}.messages`)

    await world.at.businessSends('Hello.', { address: { externalId: 'crm-2' } })
    await world.at.useCases.removeParticipant({ conversationId: id, participantId: toId(agent), by: { kind: 'api' } })
    const told = await listener.next(ofConversation(id, 'user.end'))
    await listener.next(`v2.conversations.${id}.messages`)

    expect(told).toMatchObject({ participantId: agent, disconnectType: 'CLIENT' })
    expect(listener.frames).toHaveLength(2)
  })
  test('once of an agent who begins by reopening', async () => {
    await using world = await served()
    const id = await world.aConversation()
    await world.at.agentCloses()
    using listener = await world.follow(ofConversation(id, 'user.start'), ofConversation(id, 'user.end'))

    await world.at.businessSends('One more thing.', { from: { kind: 'agent', id: 'agent-8', name: 'Jo' }, proactive: false })
    await world.at.agentCloses()
    await listener.next(ofConversation(id, 'user.end'))

    expect(listener.frames.filter(({ topicName }) => topicName?.endsWith('user.start'))).toMatchObject([{ eventBody: { userId: 'agent-8' } }])
  })
  test('of what was written, by the message view', async () => {
    await using world = await served()
    const id = await world.aConversation()
    using listener = await world.follow(`v2.conversations.${id}.messages`)

    await world.at.guestWrites('Still there?')
    const view = await listener.next(`v2.conversations.${id}.messages`)

    expect(view).toEqual((await world.call(`GET /api/v2/conversations/messages/${id}`)).body)
  })
  test('of attributes', async () => {
    await using world = await served()
    const id = await world.aConversation()
    using listener = await world.follow(ofConversation(id, 'attributes'))

    await world.at.useCases.updateContact({ contactId: world.at.guest.contact.id, details: {}, setAttributes: { tier: 'gold' } })

    expect(await listener.next(ofConversation(id, 'attributes'))).toMatchObject({ conversationId: id, attributes: { tier: 'gold' } })
  })
  test('of a message that found no page open, and of none that did', async () => {
    await using world = await served()
    await world.aConversation()
    const { contact, session } = world.at.guest
    const topic = `v2.webmessaging.deployments.${world.at.deploymentId}.undelivered.messages`
    using listener = await world.follow(topic)

    world.at.presence.enter(contact.id)
    await world.at.businessSends('You are here.')
    world.at.presence.leave(contact.id)
    const sent = await world.at.businessSends('You are not.')

    const messageId = must(sent.ok ? sent.value.message.messageId : undefined, 'it was sent')
    expect(await listener.next(topic)).toMatchObject({ externalContactId: contact.id, sessionExpiry: session.expiresAt, messages: [{ id: messageId }] })
    expect(listener.frames).toHaveLength(1)
  })
  test('that the connection lives, every half minute and when asked', async () => {
    await using world = await served()
    using listener = await world.follow()

    listener.say({ message: 'ping' })
    const pong = await listener.next('channel.metadata')
    world.at.clock.advance(seconds(30))
    const beat = await listener.next('channel.metadata')

    expect([pong, beat]).toEqual([{ message: 'pong' }, { message: 'WebSocket Heartbeat' }])
  })
  test('that it follows more topics, by the socket too', async () => {
    await using world = await served()
    const id = await world.aConversation()
    using listener = await world.follow()

    listener.say({ message: 'subscribe', topics: [ofConversation(id, 'customer.end')], correlationId: 'c-1' })
    const subscribed = await listener.answer()
    listener.say({ message: 'subscribe', topics: ['v2.users.7.presence'] })
    const failed = await listener.answer()
    listener.say('nonsense')
    const unreadable = await listener.answer()
    await world.at.agentCloses()

    expect([subscribed, failed, unreadable]).toMatchObject([{ result: '200', status: 'subscribed', correlationId: 'c-1' }, { result: '400', status: 'failure' }, { result: '400', status: 'error' }])
    expect(await listener.next(ofConversation(id, 'customer.end'))).toMatchObject({ conversationId: id })
  })
  test('that the server goes away', async () => {
    const world = await served()
    using listener = await world.follow()

    const closing = world.app.close()
    const told = await listener.next('v2.system.socket_closing')

    expect(told).toMatchObject({ message: expect.stringContaining('going away') })
    expect(await listener.closed).toBe(1001)
    await closing
  })
})

describe('the socket of a channel', () => {
  test('is one: the second takes the place of the first', async () => {
    await using world = await served()
    const id = await world.aConversation()
    const channel = await world.open()
    await world.call(`POST ${channels}/${channel.id}/subscriptions`, { body: [{ id: ofConversation(id, 'customer.end') }] })
    using first = await listenAt(channel.connectUri)
    using second = await listenAt(channel.connectUri)

    const code = await first.closed
    await world.at.agentCloses()

    expect(code).toBe(1000)
    expect(await second.next(ofConversation(id, 'customer.end'))).toMatchObject({ conversationId: id })
  })
  test('opens to whoever knows the secret, and to nobody else', async () => {
    await using world = await served()
    const { connectUri } = await world.open()

    const stranger = new WebSocket(`${connectUri}x`)
    const [response] = await once(stranger.on('error', () => undefined), 'unexpected-response').then(([, answer]) => [answer])

    expect(response.statusCode).toBe(404)
  })
  test('elsewhere there is none', async () => {
    await using world = await served()
    const { connectUri } = await world.open()

    const lost = new WebSocket(new URL('/v7', connectUri))
    const [, response] = await once(lost.on('error', () => undefined), 'unexpected-response')

    expect(response.statusCode).toBe(404)
  })
  test.each([
    ['is revoked', async (world: GenesysWorld, token: string) => void (await world.call('DELETE /api/v2/tokens/me', { token }))],
    ['belongs to a client that lost a scope', async (world: GenesysWorld) => {
      for (const client of (await world.at.store.oauthClients({ size: 10 })).entities) {
        await world.at.useCases.updateClient({ id: client.id, details: { scopes: ['events:read'] } })
      }
      world.at.bus.publish({ kind: 'access-changed' })
    }],
  ])('ends when the token that opened it %s', async (_, end) => {
    await using world = await served()
    const token = await world.tokenWith(['conversations:read'])
    using listener = await listenAt((await world.open(token)).connectUri)

    await end(world, token)

    expect(await listener.closed).toBe(1000)
    expect(listener.frames).toMatchObject([{ topicName: expect.stringMatching(/^v2\.system\.token_revoked\./) }])
  })
  test('ends when its reader takes nothing of what it is told', async () => {
    await using world = await served()
    const socket = new WebSocket((await world.open()).connectUri)
    await once(socket, 'open')
    const topics = Array.from({ length: 1000 }, (_, index) => `v2.system.s${index}`)
    const sockets = () => new Promise((resolve) => world.app.server.getConnections((_, count) => resolve(count)))

    const before = await sockets()
    socket.on('error', () => undefined).pause()
    for (let more = 0; more < 150; more += 1) socket.send(JSON.stringify({ message: 'subscribe', topics }))

    await expect.poll(sockets).toBe(0)
    expect(before).toBe(1)
    socket.terminate()
  })
  test('outlives the token that opened it', async () => {
    await using world = await served()
    const id = await world.aConversation()
    using listener = await world.follow(ofConversation(id, 'customer.end'))

    world.at.clock.advance(minutes(120))
    world.at.bus.publish({ kind: 'access-changed' })
    await world.at.agentCloses()

    expect(await listener.next(ofConversation(id, 'customer.end'))).toMatchObject({ conversationId: id })
  })
})
