import { operations, scopeNames, scopesFor, spellingIds, spellings, type OperationExample, type Spelling } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { createSpelledWorld } from './testing/spelled-world.ts'

type Case = readonly [string, Spelling, OperationExample]

const calls = spellingIds.flatMap((id) => spellings[id].examples.map((example): Case => [`${id}, ${example.summary.toLowerCase()}`, spellings[id], example]))
const withBody = calls.filter(([, row]) => row.body !== undefined)
const addressed = calls.filter(([, row]) => row.operationId !== 'create-webchat-session')
const sends = calls.filter(([, row]) => row.refusals?.includes('conversation_closed'))
const messaging = '/api/v2/conversations/messaging'
const nobody = '00000000-0000-7000-8000-ffffffffffff'

describe('401 and 403 come before anything else', () => {
  test.each(calls)('%s: without a token it is 401, whatever else is wrong', async (_, row, example) => {
    await using world = await createSpelledWorld()

    const answer = await world.spell(row, { params: example.params ?? {}, body: { nonsense: true } }, { token: null })

    expect([answer.status, answer.body['code'], answer.headers['www-authenticate']]).toEqual([401, 'invalid_token', 'Bearer realm="beckon"'])
  })
  test.each(calls)('%s: without any of its scopes it is 403 naming the one to ask for, in every state', async (_, row, example) => {
    const sufficient = scopesFor(row, example.body)
    const others = scopeNames.filter((name) => !sufficient.includes(name))
    for (const state of ['the tab shut', 'everything over'] as const) {
      await using world = await createSpelledWorld(state)

      const answer = await world.spell(row, example, { scopes: others })

      expect(answer.body).toMatchObject({ status: 403, code: 'insufficient_scope', requiredScope: sufficient[0], grantedScopes: others })
      expect(answer.headers['www-authenticate']).toContain(`scope="${sufficient[0]}"`)
      expect(answer.body).not.toHaveProperty('currentState')
    }
  })
  test('closing by status needs the scope of closing, in whatever words it is wished for', async () => {
    await using world = await createSpelledWorld()
    const params = { conversationId: world.ids.conversation }

    for (const body of [{ status: 'closed' }, { State: 'Disconnected' }, { state: 'ended' }, { status: 'open', state: 'closed' }]) {
      const answer = await world.spell(spellings['set-conversation-status'], { params, body }, { scopes: ['conversations:write'] })
      expect(answer.body).toMatchObject({ status: 403, requiredScope: 'webmessaging:write' })
    }
  })
})

describe('404 is an id that leads nowhere, and 410 one that led to somebody who was erased', () => {
  test.each(addressed)('%s', async (_, row, example) => {
    await using world = await createSpelledWorld()
    const nowhere = JSON.parse(JSON.stringify({ params: example.params ?? {}, body: example.body }).replaceAll(/0198a3c2-[0-9a-f-]{27}/g, nobody)) as OperationExample

    const unknown = await world.spell(row, nowhere)
    await world.api.call(`DELETE /api/v2/contacts/${world.ids.contact}`)
    const erased = await world.spell(row, example)

    expect(unknown.body).toMatchObject({ status: 404, code: 'not_found', detail: expect.stringContaining(nobody) })
    expect(erased.body).toMatchObject({ status: 410, code: 'erased' })
  })
  test('a participant of another conversation is not found', async () => {
    await using world = await createSpelledWorld()
    const params = { conversationId: world.ids.conversation, participantId: world.ids.contact }

    const answer = await world.spell(spellings['send-to-participant'], { params, body: { text: 'Hi' } })

    expect(answer.body).toMatchObject({ status: 404, detail: `There is no participant ${world.ids.contact}.` })
  })
  test('a session for a contact that is not there, or not there any more', async () => {
    await using world = await createSpelledWorld()
    const row = spellings['create-webchat-session']

    const unknown = await world.spell(row, { body: { contactId: nobody } })
    await world.api.call(`DELETE /api/v2/contacts/${world.ids.contact}`)
    const erased = await world.spell(row, { body: { contactId: world.ids.contact } })

    expect([unknown.status, erased.status]).toEqual([404, 410])
  })
})

describe('400 points at what the caller wrote', () => {
  test.each(withBody)('%s: an unknown key names the closest known one', async (_, row, example) => {
    await using world = await createSpelledWorld()
    const key = Object.keys(Object(example.body))[0] ?? 'participantId'

    const answer = await world.spell(row, { ...example, body: { ...Object(example.body), [`${key}x`]: 'a' } })

    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(answer.body['errors']).toEqual([{ pointer: `#/${key}x`, detail: expect.stringMatching(new RegExp(`did you mean ${key}\\?`, 'i')) }])
  })
  test.each(withBody)('%s: a key that is there twice, in two casings that disagree', async (_, row, example) => {
    await using world = await createSpelledWorld()
    const [key, other] = row.body && 'guest' in Object(row.body).properties ? ['contactId', 'ContactId'] : 'status' in Object(row.body).properties ? ['reason', 'Reason'] : 'text' in Object(row.body).properties ? ['senderId', 'SenderId'] : ['externalId', 'ExternalId']

    const answer = await world.spell(row, { ...example, body: { ...Object(example.body), [key]: 'a', [other]: 'b' } })

    expect(answer.status).toBe(400)
    expect(answer.body['errors'].map(({ pointer }: { readonly pointer: string }) => pointer)).toEqual(expect.arrayContaining([`#/${key}`, `#/${other}`]))
  })
  test('two addresses that lead to two people, each as the caller calls it', async () => {
    await using world = await createSpelledWorld()
    const other = await world.api.call(`POST ${messaging}/sessions`, { body: { contact: { name: 'Eve' } } })

    const dotnet = await world.spell(spellings['send-webchat-message'], { body: { WebChatSessionId: other.body['sessionId'], contactId: world.ids.contact, text: 'Hi' } })
    const fromContact = await world.spell(spellings['send-webchat'], { body: { from: { id: other.body['contactId'], type: 'contact' }, conversationId: world.ids.conversation, text: 'Hi' } })

    expect(dotnet.body['errors']).toEqual([
      { pointer: '#/contactId', detail: 'leads to another person than WebChatSessionId' },
      { pointer: '#/WebChatSessionId', detail: 'leads to another person than contactId' },
    ])
    expect(fromContact.body['errors']).toEqual([
      { pointer: '#/conversationId', detail: 'leads to another person than from.id' },
      { pointer: '#/from/id', detail: 'leads to another person than conversationId' },
    ])
    expect(await world.messages()).toEqual(['Hello'])
  })
  test('a policy whose time is no time, and structured content that is neither', async () => {
    await using world = await createSpelledWorld()
    const send = async (body: object) => (await world.spell(spellings['send-webchat'], { body: { contactId: world.ids.contact, ...body } })).body['errors']

    expect(await send({ text: 'Hi', Policy: { SendAt: '2026-02-30T00:00:00Z' } })).toMatchObject([{ pointer: '#/Policy/SendAt' }])
    expect(await send({ content: { txt: 'Hi' } })).toEqual([{ pointer: '#/content/txt', detail: 'is not known here; did you mean text?' }])
    expect(await send({ content: [] })).toEqual([{ pointer: '#/content', detail: 'fits none of the shapes it may have' }])
    expect(await send({ content: 'Hi' })).toEqual([{ pointer: '#/content', detail: 'must be an object' }])
  })
  test('somebody new who is somebody known', async () => {
    await using world = await createSpelledWorld()

    const answer = await world.spell(spellings['create-webchat-session'], { body: { contactId: world.ids.contact, guest: { name: 'Ada' } } })

    expect(answer.body['errors']).toEqual([{ pointer: '#/guest', detail: 'is for somebody new: leave it out for a known contact' }])
  })
  test('a body of the market leader’s operation of the same path is taught the call that reaches a page', async () => {
    await using world = await createSpelledWorld()
    const body = { queueId: 'q', toAddress: '+31612345678', toAddressMessengerType: 'sms', useExistingConversation: true }

    const answer = await world.spell(spellings['send-conversation-message'], { body })

    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_request', detail: expect.stringContaining('POST /api/v2/conversations/messages/agentless') })
    expect(answer.body['errors'].map(({ pointer }: { readonly pointer: string }) => pointer)).toEqual(Object.keys(body).map((key) => `#/${key}`))
  })
})

describe('409 is only what the caller or the deployment has asked for, with the calls that go through for this caller', () => {
  const wishes: readonly (readonly [string, object])[] = [
    ['policy', { policy: { whenClosed: 'reject' } }],
    ['policy in the casing of .NET', { Policy: { WhenClosed: 'reject' } }],
    ['forceOpen denied', { forceOpen: false }],
  ]
  const rejected = sends.flatMap(([name, row, example]) => wishes.map(([wish, said]) => [name, wish, row, { ...example, body: { ...Object(example.body), forceOpen: undefined, ...said } }] as const))

  test.each(rejected)('%s, by %s', async (_, _wish, row, example) => {
    for (const scope of scopesFor(row, example.body)) {
      await using world = await createSpelledWorld('the conversation closed')

      const refused = await world.spell(row, example, { scopes: [scope] })

      expect(refused.body).toMatchObject({ status: 409, code: 'conversation_closed', currentState: 'closed' })
      expect([refused.body['actions'][0].scope, await world.messages()]).toEqual([scope, ['Hello']])
      expect(await world.follow(refused.body['actions'])).toEqual([200, 202])
    }
  })
  test.each(sends)('%s, by the deployment', async (_, row, example) => {
    await using world = await createSpelledWorld('the conversation closed')
    const deployment = `/api/v2/deployments/${world.api.deploymentId}`
    await world.api.call(`PATCH ${deployment}`, { body: { whenClosed: 'reject' }, headers: { 'if-match': '*' } })

    const refused = await world.spell(row, { ...example, body: { ...Object(example.body), forceOpen: undefined } })

    expect(refused.body).toMatchObject({ status: 409, code: 'conversation_closed' })
    expect(await world.follow(refused.body['actions'])).toEqual([200, 202])
  })
  test.each(sends)('%s, when it is not to be stored and nobody is there', async (_, row, example) => {
    await using world = await createSpelledWorld('the tab shut')

    const refused = await world.spell(row, { ...example, body: { ...Object(example.body), Policy: { whenUnreachable: 'reject' } } })

    expect(refused.body).toMatchObject({ status: 409, code: 'unreachable' })
    expect(await world.follow(refused.body['actions'])).toEqual([200, 202])
  })
  test('somebody who may only send by web chat is offered that first, and then what another scope is needed for', async () => {
    await using world = await createSpelledWorld('the conversation closed')
    const path = `/api/v2/conversations/webchat/${world.ids.conversation}/messages`

    const refused = await world.spell(
      spellings['send-to-webchat-conversation'],
      { params: { conversationId: world.ids.conversation }, body: { Text: 'Hi', ForceOpen: false } },
      { scopes: ['webchat:write'] },
    )

    expect(refused.body['actions']).toEqual([
      { method: 'POST', href: path, body: { Text: 'Hi', policy: { whenClosed: 'reopen' } }, scope: 'webchat:write' },
      { method: 'PATCH', href: `${messaging}/${world.ids.conversation}`, body: { status: 'open' }, scope: 'messaging:conversation:write' },
    ])
  })
})

describe('what holds for the documented call holds for its spelling', () => {
  test.each(calls.filter(([, row]) => row.idempotent))('%s: a repetition with the same key gets the first answer', async (_, row, example) => {
    await using world = await createSpelledWorld('the conversation closed')
    const token = await world.api.tokenWith(row.scopes)
    const headers = { 'idempotency-key': 'invoice-2231' }

    const [first, again] = [await world.spell(row, example, { token, headers }), await world.spell(row, example, { token, headers })]

    expect([again.status, again.text, first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([first.status, first.text, undefined, 'true'])
    expect((await world.messages()).length).toBe(sends.some(([, send]) => send === row) ? 2 : 1)
  })
  test.each(sends)('%s: the same key with another body is refused', async (_, row, example) => {
    await using world = await createSpelledWorld()
    const token = await world.api.tokenWith(row.scopes)
    const headers = { 'idempotency-key': 'invoice-2231' }
    await world.spell(row, example, { token, headers })

    const other = await world.spell(row, { ...example, body: { ...Object(example.body), metadata: { attempt: '2' } } }, { token, headers })

    expect(other.body).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
  })
  test.each(calls.filter(([, row]) => row.ifMatch !== undefined))('%s: what was changed meanwhile is left alone, and may be read', async (_, row, example) => {
    await using world = await createSpelledWorld()

    const refused = await world.spell(row, example, { headers: { 'if-match': '"999"' } })
    const read = await world.api.call(`GET ${refused.body['actions'][0].href}`)
    const matching = await world.spell(row, example, { headers: { 'if-match': String(read.headers['etag']) } })

    expect([refused.status, refused.body['code'], read.status, matching.status]).toEqual([412, 'precondition_failed', 200, example.status])
  })
  test('all spellings and the documented call share one rate', async () => {
    await using world = await createSpelledWorld('the tab shut', { rate: { perSecond: 1, burst: 2 } })
    const token = await world.api.tokenWith(['admin:conversation:write'])
    const body = { contactId: world.ids.contact, text: 'Hi' }

    const statuses = [
      (await world.api.call(`POST ${messaging}/messages`, { token, body })).status,
      (await world.spell(spellings['send-webchat'], { body }, { token })).status,
      (await world.spell(spellings['send-webchat-message'], { body }, { token })).status,
    ]

    expect(statuses).toEqual([202, 202, 429])
  })
  test('the documented send reads a session by all of its names, too', async () => {
    await using world = await createSpelledWorld()
    const { path } = operations['send-message']
    const send = async (body: object) => world.api.call(`POST ${path}`, { token: await world.api.tokenWith(['messaging:contact:write']), body: { text: 'Hi', ...body } })
    const id = world.ids.session

    for (const body of [{ sessionId: id }, { webChatSessionId: id }, { webchatSessionId: id }, { sessionId: id, webChatSessionId: id }]) expect((await send(body)).status).toBe(202)
    const disagreeing = await send({ webChatSessionId: id, webchatSessionId: nobody })
    const elsewhere = await send({ webchatSessionId: nobody })
    expect([disagreeing.status, disagreeing.body['errors'].map(({ pointer }: { readonly pointer: string }) => pointer)]).toEqual([400, ['#/webChatSessionId', '#/webchatSessionId']])
    expect(elsewhere.body).toMatchObject({ status: 404, detail: `There is no session ${nobody}.` })
  })
})
