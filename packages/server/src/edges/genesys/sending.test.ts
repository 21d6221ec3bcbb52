import { describe, expect, test } from 'vitest'
import { anAgentIn, createGenesysWorld, type GenesysWorld } from './testing/genesys-world.ts'

const agentless = 'POST /api/v2/conversations/messages/agentless'

function aRequest(world: GenesysWorld, more: object = {}): object {
  return { fromAddress: world.at.deploymentId, toAddressMessengerType: 'webmessaging', externalContactId: world.at.guest.contact.id, textBody: 'Your parcel has arrived.', ...more }
}

describe('a message into a leg', () => {
  test('of the customer is from the calling program', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const [customer] = (await world.at.conversation()).participants

    const sent = await world.call(`POST /api/v2/conversations/messages/${id}/communications/${customer?.id}/messages`, { body: { textBody: 'On its way.' } })

    expect(sent).toMatchObject({ status: 200, body: { conversationId: id, direction: 'outbound', status: 'queued', textBody: 'On its way.', createdBy: { name: 'CRM' } } })
    expect(await world.at.log(id)).toContain('api: On its way.')
  })
  test('of an agent is from the agent, and goes at once to a guest who is there', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const agent = await anAgentIn(world.at, id)
    world.at.presence.enter(world.at.guest.contact.id)

    const sent = await world.call(`POST /api/v2/conversations/messages/${id}/communications/${agent}/messages`, { body: { textBody: 'On its way.' } })

    expect(sent.body).toMatchObject({ status: 'sent', createdBy: { id: 'agent-7', name: 'Mira' }, normalizedMessage: { originatingEntity: 'Human', channel: { from: { nickname: 'Mira' } } } })
  })
  test('of a closed conversation reopens it', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const [customer] = (await world.at.conversation()).participants
    await world.at.agentCloses()

    const sent = await world.call(`POST /api/v2/conversations/messages/${id}/communications/${customer?.id}/messages`, { body: { textBody: 'One more thing.' } })

    expect(sent.body.conversationId).toBe(id)
    expect(await world.at.conversation()).toMatchObject({ status: 'open' })
  })
  test('where the deployment rejects that, is refused with the call that reopens', async () => {
    await using world = await createGenesysWorld({ whenClosed: 'reject' })
    const id = await world.aConversation()
    const [customer] = (await world.at.conversation()).participants
    await world.at.agentCloses()
    const send = () => world.call(`POST /api/v2/conversations/messages/${id}/communications/${customer?.id}/messages`, { body: { textBody: 'One more thing.' } })

    const no = await send()
    const [action] = no.body.actions
    await world.call(`${action.method} ${action.href}`, { body: action.body })

    expect(no).toMatchObject({ status: 409, body: { code: 'conversation.not.connected', currentState: 'closed' } })
    expect((await send()).status).toBe(200)
  })
  test('that is repeated with its key is one message', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const [customer] = (await world.at.conversation()).participants
    const send = () => world.call(`POST /api/v2/conversations/messages/${id}/communications/${customer?.id}/messages`, { body: { textBody: 'On its way.' }, headers: { 'idempotency-key': 'k' } })

    const [first, again] = [await send(), await send()]

    expect([again.body, again.headers['idempotent-replayed']]).toEqual([first.body, 'true'])
    expect((await world.at.log(id)).filter((line) => line.includes('On its way.'))).toHaveLength(1)
  })
  test('typing is told to whoever listens', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    const agent = await anAgentIn(world.at, id)
    const heard: unknown[] = []
    world.at.bus.subscribe((hint) => (hint.kind === 'typing' ? heard.push(hint.typing) : undefined))

    const answer = await world.call(`POST /api/v2/conversations/messages/${id}/communications/${agent}/typing`, { body: { typing: { type: 'On', duration: 5000 } } })

    expect([answer.status, heard]).toEqual([204, [expect.objectContaining({ conversationId: id, name: 'Mira', on: true })]])
  })
})

describe('an agentless message', () => {
  test.each([['our id of them', undefined], ['their id at the business', 'crm-4711']])('reaches a contact by %s', async (_, externalId) => {
    await using world = await createGenesysWorld()
    const contactId = world.at.guest.contact.id
    await world.at.useCases.updateContact({ contactId, details: { externalId: 'crm-4711' } })

    const sent = await world.call(agentless, { body: aRequest(world, externalId === undefined ? {} : { externalContactId: externalId }) })

    expect(sent).toMatchObject({ status: 200, body: { messengerType: 'webmessaging', useExistingActiveConversation: false, message: { textBody: 'Your parcel has arrived.', toAddress: contactId } } })
    expect(await world.at.conversation()).toMatchObject({ id: sent.body.conversationId, quiet: true })
  })
  test('goes on with a closed conversation', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()
    await world.at.agentCloses()

    const sent = await world.call(agentless, { body: aRequest(world) })

    expect(sent.body).toMatchObject({ conversationId: id, useExistingActiveConversation: false })
  })
  test.each([[undefined], [true]])('goes into an open conversation when useExistingActiveConversation is %s', async (useExistingActiveConversation) => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()

    const sent = await world.call(agentless, { body: aRequest(world, { useExistingActiveConversation }) })

    expect(sent).toMatchObject({ status: 200, body: { conversationId: id, useExistingActiveConversation: true } })
  })
  test('that is told not to break into an open conversation does not, and says what would', async () => {
    await using world = await createGenesysWorld()
    const id = await world.aConversation()

    const no = await world.call(agentless, { body: aRequest(world, { useExistingActiveConversation: false }) })
    const [action] = no.body.actions
    const sent = await world.call(`${action.method} ${action.href}`, { body: action.body })

    expect(no).toMatchObject({ status: 409, body: { code: 'conversation.already.connected', currentState: 'open' } })
    expect(sent).toMatchObject({ status: 200, body: { conversationId: id } })
    expect((await world.at.log(id)).filter((line) => line.includes('parcel has arrived'))).toHaveLength(1)
  })
  test('to somebody who declined is refused as that', async () => {
    await using world = await createGenesysWorld()
    await world.at.useCases.updateContact({ contactId: world.at.guest.contact.id, details: { optedOut: ['service'] } })

    expect(await world.call(agentless, { body: aRequest(world) })).toMatchObject({ status: 409, body: { code: 'conversation.recipient.opted.out' } })
  })
  test.each([
    ['of another channel', { toAddressMessengerType: 'sms' }, 'toAddressMessengerType'],
    ['to an address of another channel', { toAddress: '+31' }, 'toAddress'],
    ['to nobody', { externalContactId: undefined }, 'externalContactId'],
    ['without a text', { textBody: undefined }, 'textBody'],
    ['with an empty text', { textBody: '' }, 'textBody'],
    ['from nowhere', { fromAddress: undefined }, 'fromAddress'],
  ])('%s is refused', async (_, more, field) => {
    await using world = await createGenesysWorld()

    const no = await world.call(agentless, { body: aRequest(world, more) })

    expect(no.status).toBe(400)
    expect(no.body.details[0].fieldName).toBe(field)
  })
  test('for a contact of another deployment is refused, naming the right one', async () => {
    await using world = await createGenesysWorld()
    const other = await world.at.useCases.createDeployment({ settings: { name: 'Other' } })

    const no = await world.call(agentless, { body: aRequest(world, { fromAddress: other.ok ? other.value.id : '' }) })

    expect(no).toMatchObject({ status: 400, body: { code: 'invalid.value', message: expect.stringContaining(world.at.deploymentId) } })
  })
  test.each([['fromAddress', 'deployment'], ['externalContactId', 'contact']])('with an unknown %s is not found', async (field, noun) => {
    await using world = await createGenesysWorld()

    expect(await world.call(agentless, { body: aRequest(world, { [field]: 'nothing' }) })).toMatchObject({ status: 404, body: { code: 'not.found', message: `There is no ${noun} nothing.` } })
  })
})
