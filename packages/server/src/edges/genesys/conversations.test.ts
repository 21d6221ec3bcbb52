import { must, seconds } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { anAgentIn, createGenesysWorld } from './testing/genesys-world.ts'

describe('a conversation is read', () => {
  test('with the legs of its participants, and closed it has an end', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const agent = await anAgentIn(world.at, id)

    const open = (await world.call(`GET /api/v2/conversations/${id}`)).body
    world.at.clock.advance(seconds(60))
    await world.at.agentCloses()
    const closed = (await world.call(`GET /api/v2/conversations/${id}`)).body

    expect(open).toMatchObject({
      id,
      participants: [
        { purpose: 'customer', participantType: 'External', externalContactId: world.at.guest.contact.id, messages: [{ state: 'connected', messages: [{ messageStatus: 'received' }] }] },
        { id: agent, purpose: 'agent', name: 'Mira', userId: 'agent-7', messages: [{ id: agent, state: 'connected', messages: [] }] },
      ],
    })
    expect(open).not.toHaveProperty('endTime')
    expect(closed).toMatchObject({
      endTime: '2026-01-01T00:01:00.000Z',
      participants: [{ endTime: '2026-01-01T00:01:00.000Z', messages: [{ state: 'disconnected', disconnectType: 'peer' }] }, { messages: [{ disconnectType: 'client' }] }],
    })
  })
  test('in the message view, alone and in the list of open ones', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    await anAgentIn(world.at, id)

    const view = (await world.call(`GET /api/v2/conversations/messages/${id}`)).body
    const listed = (await world.call('GET /api/v2/conversations/messages?pageSize=5')).body
    await world.at.agentCloses()
    const afterwards = (await world.call('GET /api/v2/conversations/messages')).body

    expect(view).toMatchObject({ id, participants: [{ purpose: 'customer', state: 'connected', type: 'webmessaging', held: false }, { user: { id: 'agent-7', name: 'Mira' } }] })
    expect(listed.entities).toEqual([view])
    expect(afterwards.entities).toEqual([])
  })
  test('page by page', async () => {
    await using world = await createGenesysWorld()
    await world.aConversation()
    await world.at.useCases.createContact({ details: { externalId: 'crm-2' } })
    await world.at.businessSends('Hello.', { address: { externalId: 'crm-2' } })

    const first = (await world.call('GET /api/v2/conversations/messages?pageSize=1')).body
    const second = (await world.call(`GET ${first.nextUri}`)).body

    expect([first.entities.length, second.entities.length, first.entities[0].id === second.entities[0].id]).toEqual([1, 1, false])
  })
})

describe('a message is read', () => {
  test('by its conversation, by its id alone and in bulk, with its text under both names', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const [{ messages: [leg] }] = (await world.call(`GET /api/v2/conversations/${id}`)).body.participants
    const { messageId, messageURI } = leg.messages[0]

    const message = (await world.call(`GET ${messageURI}`)).body
    const alone = (await world.call(`GET /api/v2/conversations/messages/${messageId}/details`)).body
    const bulk = (await world.call(`POST /api/v2/conversations/messages/${id}/messages/bulk`, { body: [messageId, 'nothing'] })).body

    expect(message).toMatchObject({ id: messageId, textBody: 'Where is parcel 77?', direction: 'inbound', normalizedMessage: { text: 'Where is parcel 77?', originatingEntity: 'Human' } })
    expect(alone).toEqual(message)
    expect(bulk.entities).toEqual([message])
  })
  test('with how far it has come', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const sent = await world.at.businessSends('On its way.')
    const messageId = must(sent.ok ? sent.value.message.messageId : undefined, 'it was sent')
    const status = async (): Promise<unknown> => (await world.call(`GET /api/v2/conversations/messages/${id}/messages/${messageId}`)).body.status

    const before = await status()
    await world.at.guestAcknowledges({ deliveredSeq: 99 })
    const delivered = await status()
    await world.at.guestAcknowledges({ seenSeq: 99 })

    expect([before, delivered, await status()]).toEqual(['sent', 'delivery-success', 'read'])
  })
  test('of another conversation, it is not found in this one', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    await world.at.useCases.createContact({ details: { externalId: 'crm-2' } })
    const elsewhere = await world.at.businessSends('Hello.', { address: { externalId: 'crm-2' } })
    const messageId = must(elsewhere.ok ? elsewhere.value.message.messageId : undefined, 'it was sent')

    const answer = await world.call(`GET /api/v2/conversations/messages/${id}/messages/${messageId}`)

    expect(answer).toMatchObject({ status: 404, body: { code: 'not.found' } })
  })
})

describe('a conversation is closed', () => {
  const closings = [
    ['DELETE', (id: string) => `/api/v2/conversations/${id}`, undefined, 204],
    ['POST', (id: string) => `/api/v2/conversations/${id}/disconnect`, undefined, 202],
    ['PATCH', (id: string) => `/api/v2/conversations/messages/${id}`, { state: 'disconnected' }, 200],
    ['PATCH', (id: string, customer: string) => `/api/v2/conversations/${id}/participants/${customer}`, { state: 'disconnected' }, 202],
    ['PATCH', (id: string, customer: string) => `/api/v2/conversations/messages/${id}/participants/${customer}`, { state: 'disconnected' }, 202],
    ['PATCH', (id: string, customer: string) => `/api/v2/conversations/messages/${id}/participants/${customer}/communications/${customer}`, { state: 'disconnected' }, 200],
  ] as const

  test.each(closings)('by %s %s, once, however often it is asked', async (verb, path, body, status) => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const [customer] = (await world.at.conversation()).participants
    const route = `${verb} ${path(id, customer?.id ?? '')}`

    const answers = [await world.call(route, { body }), await world.call(route, { body })]

    expect(answers.map((one) => one.status)).toEqual([status, status])
    expect(await world.at.log(id)).toEqual(['started by customer', 'customer: Where is parcel 77?', 'closed by api'])
  })
  test('and by disconnecting an agent it is not: they leave', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const agent = await anAgentIn(world.at, id)
    const leave = () => world.call(`PATCH /api/v2/conversations/messages/${id}/participants/${agent}`, { body: { state: 'disconnected' } })

    const statuses = [(await leave()).status, (await leave()).status]

    expect(statuses).toEqual([202, 202])
    expect(await world.at.conversation()).toMatchObject({ status: 'open', participants: [{ purpose: 'customer' }, { leftAt: expect.any(Number) }] })
  })
})

describe('a conversation is reopened', () => {
  test('by the state that its first clients wished for', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    await world.at.agentCloses()

    const reopened = await world.call(`PATCH /api/v2/conversations/messages/${id}`, { body: { state: 'connected' } })

    expect(reopened.body).not.toHaveProperty('endTime')
    expect(await world.at.conversation()).toMatchObject({ status: 'open' })
  })
  test('by connecting the customer again', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    await world.at.agentCloses()
    const [customer] = (await world.at.conversation()).participants

    await world.call(`PATCH /api/v2/conversations/${id}/participants/${customer?.id}`, { body: { state: 'connected' } })

    expect(await world.at.conversation()).toMatchObject({ status: 'open' })
  })
  test('without the scope that closes, and closed without the one that reopens', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const closes = await world.tokenWith(['webmessaging:write'])
    const reopens = await world.tokenWith(['messaging:conversation:write'])
    const set = async (state: string, token: string): Promise<unknown> => (await world.call(`PATCH /api/v2/conversations/messages/${id}`, { body: { state }, token })).status

    expect([await set('disconnected', reopens), await set('disconnected', closes), await set('connected', closes), await set('connected', reopens)]).toEqual([403, 200, 403, 200])
  })
})

describe('attributes of the customer', () => {
  test('are kept with the contact, beside those there are, and shown beside what the page says', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const [customer] = (await world.at.conversation()).participants
    await world.at.useCases.updateContact({ contactId: world.at.guest.contact.id, details: { attributes: { shop: 'nl' } } })
    const { contact, session } = world.at.guest
    await world.at.useCases.writeAsGuest({ contactId: contact.id, sessionId: session.id, saying: { text: 'Still there?' }, customAttributes: { cart: '3' } })

    const set = await world.call(`PATCH /api/v2/conversations/messages/${id}/participants/${customer?.id}/attributes`, { body: { attributes: { tier: 'gold' } } })
    const [shown] = (await world.call(`GET /api/v2/conversations/messages/${id}`)).body.participants

    expect([set.status, set.body]).toEqual([202, { attributes: { shop: 'nl', tier: 'gold' } }])
    expect(shown.attributes).toEqual({ shop: 'nl', tier: 'gold', 'context.cart': '3' })
  })
  test('are those of nobody else', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const agent = await anAgentIn(world.at, id)

    const answer = await world.call(`PATCH /api/v2/conversations/${id}/participants/${agent}/attributes`, { body: { attributes: { tier: 'gold' } } })

    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid.value', details: [{ fieldName: 'attributes' }] } })
  })
})
