import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { aBackend, type Backend, type ClientCredentials } from './rig/backend.ts'
import { anEnvironment, credentials, deploymentId } from './rig/environment.ts'
import { aGenesysSdk, type GenesysSdk } from './rig/genesys-sdk.ts'
import { configure, openGuestSocket, say, type Frame, type GuestSocket } from './rig/guest-socket.ts'
import { startServerProcess } from './rig/server-process.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

/** The package, logged in, and a guest in a conversation of their own. */
interface Shop extends AsyncDisposable {
  readonly backend: Backend
  readonly sdk: GenesysSdk
  readonly guest: GuestSocket
  /** The guest's browser's secret. */
  readonly token: string
  readonly conversationId: string
  readonly contactId: string
  /** The leg of the customer, which is their participant too. */
  readonly customer: string
  readonly status: () => Promise<string>
  /** The package, logged in as a client that may do this much. */
  readonly sdkWith: (...scopes: readonly string[]) => Promise<GenesysSdk>
}

// One server for all: nothing here is about what one test leaves to another, and each has a guest of its own.
const started = new AsyncDisposableStack()
let url = ''
beforeAll(async () => {
  const data = started.use(aTemporaryDirectory())
  const server = started.use(await startServerProcess({ env: anEnvironment(data.path) }))
  url = server.url
})
afterAll(() => started.disposeAsync())

async function aShop(): Promise<Shop> {
  const stack = new AsyncDisposableStack()
  const token = randomUUID()
  const backend = await aBackend(url, credentials)
  const guest = stack.use(await aGuestWhoAsks(token, 'Where is parcel 77?'))
  const sdk = await aGenesysSdk(url, credentials)
  const { entities: [{ id: conversationId }] } = await sdk.conversations.getConversationsMessages()
  const { participants: [{ id: customer, externalContactId: contactId }] } = await sdk.conversations.getConversation(conversationId)
  return {
    backend, sdk, guest, token, conversationId, contactId, customer,
    status: async () => (await backend.ask<{ status: string }>('GET', `/api/v2/conversations/messaging/${conversationId}`)).status,
    async sdkWith(...scopes) {
      const made = await backend.ask<{ id: string; secret: string }>('POST', '/api/v2/oauth/clients', { name: 'Narrow', scopes })
      return aGenesysSdk(url, { clientId: made.id, clientSecret: made.secret } satisfies ClientCredentials)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** A guest with a client that knows nothing of Beckon's additions. */
async function aGuestWhoAsks(token: string, text: string): Promise<GuestSocket> {
  const guest = await openGuestSocket(url, deploymentId, { origin: url })
  guest.send({ action: 'configureSession', deploymentId, token, tracingId: 'configure', startNew: false })
  await guest.until((frame) => frame.tracingId === 'configure')
  await say(guest, token, text, 'first')
  return guest
}

function saying(text: string): (frame: Frame) => boolean {
  return ({ body }) => body['text'] === text
}

function happening(eventType: string): (frame: Frame) => boolean {
  return ({ body }) => body['type'] === 'Event' && JSON.stringify(body['events']).includes(`"${eventType}"`)
}

const message = (text: string) => ({ textBody: text })

// The package's HTTP library would ask a proxy of the machine for this server, which cannot reach it.
beforeEach(() => void vi.stubEnv('NO_PROXY', '127.0.0.1'))
afterEach(() => void vi.unstubAllEnvs())

describe('the unmodified package', { timeout: 60_000 }, () => {
  test('logs in and learns what its token may do', async () => {
    await using shop = await aShop()
    const login = await shop.sdk.client.loginClientCredentialsGrant(credentials.clientId, credentials.clientSecret)

    const info = await shop.sdk.tokens.getTokensMe()
    await shop.sdk.tokens.headTokensMe()

    expect(login).toMatchObject({ accessToken: expect.stringMatching(/^bkt_/), tokenExpiryTime: expect.any(Number) })
    expect(info).toMatchObject({ OAuthClient: { id: credentials.clientId }, authorizedScope: expect.arrayContaining(['webmessaging:write']), organization: { id: new URL(url).host } })
  })

  test('revokes its token, which is told as that afterwards', async () => {
    await using shop = await aShop()

    await shop.sdk.tokens.deleteTokensMe()

    await expect(shop.sdk.conversations.getConversation(shop.conversationId)).rejects.toMatchObject({ status: 401, code: 'bad.credentials', message: expect.stringContaining('revoked') })
  })

  test('is told by a login that fails in the words of OAuth', async () => {
    await using shop = await aShop()

    await expect(shop.sdk.client.loginClientCredentialsGrant(credentials.clientId, 'wrong')).rejects.toMatchObject({ response: { status: 401, data: { error: 'invalid_client' } } })
  })

  test('reads a conversation in both views, and its messages one by one and in bulk', async () => {
    await using shop = await aShop()
    const { conversations } = shop.sdk

    const whole = await conversations.getConversation(shop.conversationId)
    const view = await conversations.getConversationsMessage(shop.conversationId)
    const { messageId } = whole.participants[0].messages[0].messages[0]
    const one = await conversations.getConversationsMessageMessage(shop.conversationId, messageId)
    const alone = await conversations.getConversationsMessageDetails(messageId)
    const bulk = await conversations.postConversationsMessageMessagesBulk(shop.conversationId, { body: [messageId] })

    expect(whole).toMatchObject({ id: shop.conversationId, participants: [{ purpose: 'customer', messages: [{ id: shop.customer, state: 'connected', type: 'webmessaging' }] }] })
    expect(view).toMatchObject({ id: shop.conversationId, participants: [{ purpose: 'customer', state: 'connected', messages: [{ messageId }] }] })
    expect(one).toMatchObject({ id: messageId, textBody: 'Where is parcel 77?', normalizedMessage: { text: 'Where is parcel 77?', direction: 'Inbound' } })
    expect([alone, bulk.entities]).toEqual([one, [one]])
  })

  test('writes to the guest, who sees typing and the message', async () => {
    await using shop = await aShop()
    const { conversations } = shop.sdk

    await conversations.postConversationsMessageCommunicationTyping(shop.conversationId, shop.customer, { typing: { type: 'On', duration: 5000 } })
    const sent = await conversations.postConversationsMessageCommunicationMessages(shop.conversationId, shop.customer, message('It is on its way.'))

    expect(sent).toMatchObject({ conversationId: shop.conversationId, direction: 'outbound', status: 'sent', textBody: 'It is on its way.' })
    await shop.guest.until(happening('Typing'))
    expect(await shop.guest.until(saying('It is on its way.'))).toMatchObject({ body: { id: sent.id, direction: 'Outbound' } })
  })

  test.each([
    ['deleteConversation', async ({ sdk, conversationId }: Shop) => sdk.conversations.deleteConversation(conversationId)],
    ['postConversationDisconnect', async ({ sdk, conversationId }: Shop) => sdk.conversations.postConversationDisconnect(conversationId)],
    ['patchConversationsMessage', async ({ sdk, conversationId }: Shop) => sdk.conversations.patchConversationsMessage(conversationId, { state: 'disconnected' })],
    ['patchConversationParticipant', async ({ sdk, conversationId, customer }: Shop) => sdk.conversations.patchConversationParticipant(conversationId, customer, { state: 'disconnected' })],
    ['patchConversationsMessageParticipant', async ({ sdk, conversationId, customer }: Shop) => sdk.conversations.patchConversationsMessageParticipant(conversationId, customer, { body: { state: 'disconnected' } })],
    ['patchConversationsMessageParticipantCommunication', async ({ sdk, conversationId, customer }: Shop) => sdk.conversations.patchConversationsMessageParticipantCommunication(conversationId, customer, customer, { state: 'disconnected' })],
  ])('closes with %s, again and again, and the guest is told once', async (_, close) => {
    await using shop = await aShop()

    await close(shop)
    await shop.guest.until(happening('Presence'))
    await close(shop)
    await shop.sdk.conversations.postConversationsMessagesAgentless({ fromAddress: deploymentId, toAddressMessengerType: 'webmessaging', externalContactId: shop.contactId, textBody: 'Anything else?' })
    await shop.guest.until(saying('Anything else?'))

    expect(shop.guest.frames.filter(happening('Presence'))).toHaveLength(1)
  })

  test('closes without doubt, and reopens by the state that its users wished for', async () => {
    await using shop = await aShop()
    const { conversations } = shop.sdk

    const closed = await conversations.patchConversationsMessage(shop.conversationId, { state: 'disconnected' })
    const between = await shop.status()
    const reopened = await conversations.patchConversationsMessage(shop.conversationId, { state: 'connected' })

    expect([typeof closed.endTime, between, reopened.endTime, await shop.status()]).toEqual(['string', 'closed', undefined, 'open'])
  })

  test('lets an agent leave without closing', async () => {
    await using shop = await aShop()
    const path = `/api/v2/conversations/messaging/${shop.conversationId}/participants`
    const { id: agent } = await shop.backend.ask<{ id: string }>('POST', path, { purpose: 'agent', externalId: 'agent-7', name: 'Mira' })

    await shop.sdk.conversations.patchConversationParticipant(shop.conversationId, agent, { state: 'disconnected' })

    const { participants } = await shop.sdk.conversations.getConversationsMessage(shop.conversationId)
    expect(participants).toMatchObject([{ purpose: 'customer', state: 'connected' }, { purpose: 'agent', state: 'disconnected' }])
  })

  test('sets attributes in both ways', async () => {
    await using shop = await aShop()
    const { conversations } = shop.sdk

    await conversations.patchConversationParticipantAttributes(shop.conversationId, shop.customer, { attributes: { tier: 'gold' } })
    await conversations.patchConversationsMessageParticipantAttributes(shop.conversationId, shop.customer, { body: { attributes: { shop: 'nl' } } })

    const { participants: [customer] } = await conversations.getConversation(shop.conversationId)
    expect(customer.attributes).toEqual({ tier: 'gold', shop: 'nl' })
  })

  test('reaches a guest after the end, who has gone and comes back', async () => {
    await using shop = await aShop()
    await shop.sdk.conversations.deleteConversation(shop.conversationId)
    shop.guest.raw.terminate()
    await shop.guest.closed

    const sent = await shop.sdk.conversations.postConversationsMessagesAgentless({
      fromAddress: deploymentId, toAddressMessengerType: 'webmessaging', externalContactId: shop.contactId, textBody: 'Did you need anything else?',
    })

    using back = await openGuestSocket(url, deploymentId, { origin: url })
    await configure(back, deploymentId, shop.token)
    await back.until(({ body }) => JSON.stringify(body).includes('Did you need anything else?'))

    expect(sent).toMatchObject({ conversationId: shop.conversationId, useExistingActiveConversation: false, message: { textBody: 'Did you need anything else?' } })
    expect(await shop.status()).toBe('open')
  })

  test('repeats a send with its own key without sending twice', async () => {
    await using shop = await aShop()
    const send = () => shop.sdk.conversations.postConversationsMessagesAgentless(
      { fromAddress: deploymentId, toAddressMessengerType: 'webmessaging', externalContactId: shop.contactId, textBody: 'Once.' },
      { customHeaders: { 'Idempotency-Key': 'job-7' } },
    )

    const [first, again] = [await send(), await send()]

    expect(again).toEqual(first)
    await shop.guest.until(saying('Once.'))
    expect(shop.guest.frames.filter(saying('Once.'))).toHaveLength(1)
  })

  test('reads deployments', async () => {
    await using shop = await aShop()

    const { entities } = await shop.sdk.webDeployments.getWebdeploymentsDeployments({ pageSize: 10 })
    const one = await shop.sdk.webDeployments.getWebdeploymentsDeployment(deploymentId)

    expect(entities).toEqual([one])
    expect(one).toMatchObject({ id: deploymentId, status: 'Active' })
  })
})

describe('a refusal reaches the unmodified package as a body that says everything', { timeout: 60_000 }, () => {
  test('what is missing in the token, and nothing of the conversation', async () => {
    await using shop = await aShop()
    const sdk = await shop.sdkWith('conversations:read')

    const no = { status: 403, code: 'missing.any.permissions', requiredScope: 'webmessaging:write', grantedScopes: ['conversations:read'], messageParams: { permissions: 'webmessaging:write' }, details: [], errors: [] }
    await expect(sdk.conversations.deleteConversation(shop.conversationId)).rejects.toMatchObject(no)
    await expect(sdk.conversations.deleteConversation('nothing')).rejects.toMatchObject(no)
    expect(await shop.status()).toBe('open')
  })

  test('with its headers where the program asks for them', async () => {
    await using shop = await aShop()
    shop.sdk.client.setReturnExtendedResponses(true)

    const no = await shop.sdk.conversations.getConversation('nothing').catch((error: unknown) => error)

    expect(no).toMatchObject({ status: 404, body: { code: 'conversation.error.conversation.not.found', contextId: expect.any(String) } })
    const { headers, body } = no as { headers: Record<string, string>; body: { contextId: string } }
    expect(headers['inin-correlation-id']).toBe(body.contextId)
  })

  test('the body that the calling convention has lost on its way', async () => {
    await using shop = await aShop()
    const { conversations } = shop.sdk

    const lost = conversations.patchConversationsMessageParticipant(shop.conversationId, shop.customer, { state: 'disconnected' })

    await expect(lost).rejects.toMatchObject({ status: 400, message: expect.stringContaining('The body is missing') })
    expect(await shop.status()).toBe('open')
  })

  test.each([
    ['another state', (shop: Shop) => shop.sdk.conversations.patchConversationsMessage(shop.conversationId, { state: 'parked' }), { status: 400, code: 'invalid.value', messageParams: { allowed: 'disconnected, connected' } }],
    ['another channel', (shop: Shop) => shop.sdk.conversations.postConversationsMessagesAgentless({ fromAddress: '+31', toAddress: '+32', toAddressMessengerType: 'sms', textBody: 'Hi' }), { status: 400, code: 'invalid.value', messageParams: { allowed: 'webmessaging' } }],
    ['an unknown contact', (shop: Shop) => shop.sdk.conversations.postConversationsMessagesAgentless({ fromAddress: deploymentId, externalContactId: 'nobody', toAddressMessengerType: 'webmessaging', textBody: 'Hi' }), { status: 404, code: 'not.found' }],
    ['a conversation that is not to be broken into', (shop: Shop) => shop.sdk.conversations.postConversationsMessagesAgentless({ fromAddress: deploymentId, externalContactId: shop.contactId, toAddressMessengerType: 'webmessaging', textBody: 'Hi', useExistingActiveConversation: false }), { status: 409, code: 'conversation.already.connected', actions: [{ body: { useExistingActiveConversation: true } }] }],
    ['an unknown leg', (shop: Shop) => shop.sdk.conversations.postConversationsMessageCommunicationMessages(shop.conversationId, 'nothing', message('Hi')), { status: 404, code: 'conversation.error.not.conversation.participant' }],
    ['an unknown topic', async (shop: Shop) => shop.sdk.notifications.postNotificationsChannelSubscriptions((await shop.sdk.notifications.postNotificationsChannels()).id, [{ id: 'v2.nonsense' }]), { status: 400, code: 'notification.invalid.topic' }],
  ])('%s', async (_, ask, no) => {
    await using shop = await aShop()

    await expect(ask(shop)).rejects.toMatchObject(no)
  })
})

describe('notifications', { timeout: 60_000 }, () => {
  test('are followed by the package and heard at connectUri, as the guest and the desk act', async () => {
    await using shop = await aShop()
    const { notifications, conversations } = shop.sdk
    const topic = (what: string): string => `v2.detail.events.conversation.${shop.conversationId}.${what}`
    const view = `v2.conversations.${shop.conversationId}.messages`

    const catalogue = await notifications.getNotificationsAvailabletopics({ expand: ['description', 'requiresPermissions'] })
    const channel = await notifications.postNotificationsChannels()
    await notifications.headNotificationsChannel(channel.id)
    const subscribed = await notifications.postNotificationsChannelSubscriptions(channel.id, [{ id: topic('customer.end') }, { id: `v2.users.${shop.contactId}.conversations.messages` }])
    await notifications.putNotificationsChannelSubscriptions(channel.id, [{ id: topic('customer.end') }, { id: topic('customer.start') }, { id: view }])
    const listed = await notifications.getNotificationsChannelSubscriptions(channel.id)
    await using heard = await aListener(channel.connectUri)

    heard.say({ message: 'ping' })
    await heard.until('channel.metadata')
    await conversations.patchConversationsMessage(shop.conversationId, { state: 'disconnected' })
    const end = await heard.until(topic('customer.end'))
    await conversations.patchConversationsMessage(shop.conversationId, { state: 'connected' })
    const start = await heard.until(topic('customer.start'))
    await notifications.deleteNotificationsChannelSubscriptions(channel.id)

    expect(catalogue.entities.map(({ id }: { id: string }) => id)).toContain('v2.detail.events.conversation.{id}.customer.end')
    expect(subscribed.entities).toMatchObject([{ state: 'Permitted' }, { state: 'Rejected', rejectionReason: expect.any(String) }])
    expect(listed.entities).toHaveLength(3)
    expect(end).toMatchObject({ version: '2', eventBody: { conversationId: shop.conversationId, disconnectType: 'SYSTEM', mediaType: 'MESSAGE' }, metadata: { CorrelationId: expect.any(String) } })
    expect(start).toMatchObject({ eventBody: { participantId: shop.customer } })
    expect((await notifications.getNotificationsChannels()).entities).toContainEqual(expect.objectContaining({ id: channel.id }))
    expect((await notifications.getNotificationsChannelSubscriptions(channel.id)).entities).toEqual([])
  })

  test('tell of a message that found nobody', async () => {
    await using shop = await aShop()
    const { notifications, conversations } = shop.sdk
    const topic = `v2.webmessaging.deployments.${deploymentId}.undelivered.messages`
    const channel = await notifications.postNotificationsChannels()
    await notifications.postNotificationsChannelSubscriptions(channel.id, [{ id: topic }])
    await using heard = await aListener(channel.connectUri)
    shop.guest.raw.terminate()
    await shop.guest.closed
    // The server notices in its own time that nobody is there.
    await expect.poll(async () => (await shop.backend.ask<{ presence: { connections: number } }>('GET', `/api/v2/conversations/messaging/${shop.conversationId}`)).presence.connections).toBe(0)

    const sent = await conversations.postConversationsMessageCommunicationMessages(shop.conversationId, shop.customer, message('Are you there?'))

    expect(await heard.until(topic)).toMatchObject({ eventBody: { conversationId: shop.conversationId, externalContactId: shop.contactId, sessionExpiry: expect.any(Number), messages: [{ id: sent.id }] } })
  })
})

interface Listener extends AsyncDisposable {
  readonly say: (request: object) => void
  /** The first frame on this topic, come or to come. */
  readonly until: (topicName: string) => Promise<unknown>
}

async function aListener(connectUri: string): Promise<Listener> {
  const socket = new WebSocket(connectUri)
  const frames: { readonly topicName?: string }[] = []
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString('utf8')))
    socket.emit('kept')
  })
  await once(socket, 'open')
  return {
    say: (request) => socket.send(JSON.stringify(request)),
    async until(topicName) {
      for (;;) {
        const found = frames.find((frame) => frame.topicName === topicName)
        if (found) return found
        await once(socket, 'kept')
      }
    },
    async [Symbol.asyncDispose]() {
      socket.terminate()
      if (socket.readyState !== socket.CLOSED) await once(socket, 'close')
    },
  }
}
