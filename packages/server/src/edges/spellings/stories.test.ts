import { describe, expect, test } from 'vitest'
import { createSpelledWorld } from './testing/spelled-world.ts'

describe('a CRM that keeps a conversation id and a participant id (S0)', () => {
  test('reaches the guest twenty minutes after the chat was closed, with the scope it was given', async () => {
    await using world = await createSpelledWorld('the conversation closed')
    const { conversation, participant } = world.ids

    const answer = await world.api.call(`POST /api/v2/communications/conversations/${conversation}/participants/${participant}/messages`, {
      body: { messageType: 'proactive', content: { text: 'Did you need anything else?' } },
      token: await world.api.tokenWith(['admin:conversation:write']),
    })

    expect(answer.body).toMatchObject({ status: 'sent', did: 'reopened', found: { conversation: 'closed' }, conversationId: conversation })
    expect(await world.messages()).toEqual(['Hello', 'Did you need anything else?'])
  })
  test('does so from C#, by the other path that it was told', async () => {
    await using world = await createSpelledWorld('everything over')

    const answer = await world.api.call(`POST /api/v2/conversations/webchat/${world.ids.conversation}/messages`, {
      body: { Text: 'Did you need anything else?', SenderId: 'crm-backend', Type: 'message' },
      token: await world.api.tokenWith(['conversations:write']),
    })

    expect(answer.body).toMatchObject({ did: 'reopened', canonical: `POST /api/v2/conversations/messaging/${world.ids.conversation}/messages` })
  })
})

describe('an agent’s extension before a closed conversation (S1)', () => {
  test('just sends', async () => {
    await using world = await createSpelledWorld('the conversation closed')

    const answer = await world.api.call('POST /api/v2/conversations/messaging/messages', {
      body: { from: { name: 'Mira', id: 'agent-7' }, text: 'One more thing', conversationId: world.ids.conversation },
      token: await world.api.tokenWith(['conversations:write']),
    })

    expect([answer.status, answer.body['did'], await world.status()]).toEqual([202, 'reopened', 'open'])
  })
  test.each<readonly [string, (ids: { readonly conversation: string }) => string, object | undefined]>([
    ['sets the status to open', ({ conversation }) => `PATCH /api/v2/conversations/messaging/conversations/${conversation}`, { status: 'open' }],
    ['adds the guest back', ({ conversation }) => `POST /api/v2/conversations/${conversation}/participants`, {}],
    ['adds the guest back without any body', ({ conversation }) => `POST /api/v2/conversations/${conversation}/participants`, undefined],
    ['adds the guest back, by the other path that it was told', ({ conversation }) => `POST /api/v2/conversations/web/${conversation}/participants`, {}],
  ])('%s, and may send then even where closed conversations are not to be touched', async (_, route, body) => {
    await using world = await createSpelledWorld('the conversation closed')
    const token = await world.api.tokenWith(['conversations:write'])

    const reopened = await world.api.call(route(world.ids), { token, ...(body === undefined ? {} : { body }) })
    const sent = await world.api.call('POST /api/v2/conversations/messaging/messages', {
      token, body: { from: { name: 'Mira', id: 'agent-7' }, text: 'One more thing', conversationId: world.ids.conversation, policy: { whenClosed: 'reject' } },
    })

    expect([reopened.status, sent.status, sent.body['did']]).toEqual([200, 202, 'appended'])
  })
})

describe('a cloud function with a session id (S2)', () => {
  test('greets the visitor of this morning, whose session is long over', async () => {
    await using world = await createSpelledWorld('everything over')

    const answer = await world.api.call('POST /api/v2/conversations/messaging/external/guests/sendmessage', {
      body: { webChatSessionId: world.ids.session, text: 'Welcome back!' },
      token: await world.api.tokenWith(['messaging:contact:write']),
    })

    expect(answer.body).toMatchObject({ contactId: world.ids.contact, found: { session: 'expired', conversation: 'closed' }, did: 'reopened' })
  })
  test('makes a fresh session and writes to it at once', async () => {
    await using world = await createSpelledWorld()
    const token = await world.api.tokenWith(['webchat:session:write', 'messaging:contact:write'])

    const made = await world.api.call('POST /api/v2/conversations/webchat/sessions', { token, body: { guest: { name: 'Ada', email: 'ada@example.com' } } })
    const sent = await world.api.call('POST /api/v2/conversations/messaging/external/guests/sendmessage', {
      token, body: { webChatSessionId: made.body['result']['webChatSessionId'], text: 'Welcome!' },
    })

    expect([made.status, sent.status]).toEqual([201, 202])
  })
})

describe('a scheduled job that writes to somebody who shut the tab (S3)', () => {
  test.each<readonly [string, (ids: Readonly<Record<'conversation' | 'contact' | 'session', string>>) => readonly [string, object], 'webchat:write' | 'messaging:contact:write' | 'messaging:conversation:write']>([
    ['by session and contact', ({ session, contact }) => ['/webchat/messages', { webchatSessionId: session, contactId: contact, from: { id: 'job' }, text: 'Hi again' }], 'webchat:write'],
    ['by contact', ({ contact }) => [`/messaging/contacts/${contact}/messages`, { text: 'Hi again', from: { id: 'job' } }], 'messaging:contact:write'],
    ['by conversation, in the body', ({ conversation }) => ['/messages', { conversationId: conversation, text: 'Hi again' }], 'messaging:conversation:write'],
    ['by a contact who is called the sender', ({ contact }) => ['/webchat', { from: { id: contact, type: 'contact' }, text: 'Hi again', type: 'message' }], 'webchat:write'],
    ['by conversation, in the path', ({ conversation }) => [`/messaging/${conversation}/messages`, { text: 'Hi again' }], 'messaging:conversation:write'],
  ])('%s: it is appended to the thread that is there, and a missing scope is named as such', async (_, call, scope) => {
    await using world = await createSpelledWorld('the tab shut')
    const [path, body] = call(world.ids)
    const send = async (scopes: Parameters<typeof world.api.tokenWith>[0]) =>
      world.api.call(`POST /api/v2/conversations${path}`, { body, token: await world.api.tokenWith(scopes), headers: { 'x-genesys-client-id': 'crm', 'x-genesys-client-version': '1' } })

    const refused = await send(['conversations:read'])
    const sent = await send([scope])

    expect(refused.body).toMatchObject({ status: 403, code: 'insufficient_scope', requiredScope: scope })
    expect(sent.body).toMatchObject({ did: 'appended', conversationId: world.ids.conversation, found: { conversation: 'open', session: 'active', connections: 0 } })
    expect(await world.messages()).toEqual(['Hello', 'Hi again'])
  })
  test('the look before the send tells what is the matter', async () => {
    await using world = await createSpelledWorld('the tab shut')

    const answer = await world.api.call(`GET /api/v2/conversations/messaging/${world.ids.conversation}`, { token: await world.api.tokenWith(['conversations:read']) })

    expect(answer.body).toMatchObject({ status: 'open', presence: { connections: 0 } })
  })
})

describe('a ticketing system that ends a guest’s conversation (S4)', () => {
  test('is told the one scope that is missing, and with it ends the conversation', async () => {
    await using world = await createSpelledWorld('a page open')
    const route = `DELETE /api/v2/conversations/webmessaging/instances/${world.ids.conversation}`

    const refused = await world.api.call(route, { token: await world.api.tokenWith(['conversations:write', 'conversations:read']) })
    const ended = await world.api.call(route, { token: await world.api.tokenWith(['webmessaging:write']) })

    expect(refused.body).toMatchObject({ status: 403, code: 'insufficient_scope', requiredScope: 'webmessaging:write', grantedScopes: ['conversations:write', 'conversations:read'] })
    expect([ended.status, await world.status()]).toEqual([204, 'closed'])
  })
})
