import { operations, scopesFor, spellingIds, spellings, type OperationExample, type Spelling } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { createSpelledWorld, states } from './testing/spelled-world.ts'

const calls = spellingIds.flatMap((id) => spellings[id].examples.map((example): readonly [string, Spelling, OperationExample] => [`${id}, ${example.summary.toLowerCase()}`, spellings[id], example]))
const inEveryState = calls.flatMap(([name, row, example]) => states.map((state) => [name, state, row, example] as const))
const withEveryScope = calls.flatMap(([name, row, example]) => scopesFor(row, example.body).map((scope) => [name, scope, row, example] as const))
const sends = new Set(['send-message', 'send-to-conversation', 'send-to-contact'])

describe('is accepted as written, whatever the state of the customer', () => {
  test.each(inEveryState)('%s, with %s', async (_, state, row, example) => {
    await using world = await createSpelledWorld(state)
    const wasOpen = (await world.status()) === 'open'

    const answer = await world.spell(row, example)

    expect(answer.status).toBe(example.status)
    expect(answer.headers['link']).toContain('rel="canonical"')
    expect(sends.has(row.canonical) ? [answer.body['did'], answer.body['conversationId']] : []).toEqual(sends.has(row.canonical) ? [wasOpen ? 'appended' : 'reopened', world.ids.conversation] : [])
  })
  test.each(withEveryScope)('%s, with nothing but the scope %s', async (_, scope, row, example) => {
    await using world = await createSpelledWorld('the conversation closed')

    expect((await world.spell(row, example, { scopes: [scope] })).status).toBe(example.status)
  })
})

describe('does what its author wanted', () => {
  test.each(calls.filter(([, row]) => sends.has(row.canonical)))('%s: the message is in the log, and the answer names the documented call', async (_, row, example) => {
    await using world = await createSpelledWorld('the conversation closed')

    const answer = await world.spell(row, example)

    const { method, path } = operations[row.canonical]
    expect(answer.body['canonical']).toBe(`${method} ${path.replace('{conversationId}', world.ids.conversation)}`)
    expect([await world.status(), (await world.messages()).length]).toEqual(['open', 2])
  })
  test.each(calls.filter(([, row]) => row.canonical === 'add-participant'))('%s: the guest is back and the conversation open', async (_, row, example) => {
    await using world = await createSpelledWorld('the conversation closed')

    const answer = await world.spell(row, example)

    expect([answer.body['id'], answer.body['purpose'], await world.status()]).toEqual([world.ids.participant, 'customer', 'open'])
  })
  test('what a serializer wrote as null was not set', async () => {
    await using world = await createSpelledWorld('the conversation closed')
    const row = spellings['send-to-webchat-conversation']
    const params = { conversationId: world.ids.conversation }

    const sent = await world.spell(row, { params, body: { Text: 'Anything else?', SenderId: null, Type: null, From: { Name: 'Mira', Id: null } } })
    const empty = await world.spell(row, { params, body: { Text: null } })

    expect([sent.status, empty.status, empty.body['code']]).toEqual([202, 400, 'invalid_request'])
  })
  test('setting the status to open reopens, and to disconnected closes', async () => {
    await using world = await createSpelledWorld('the conversation closed')
    const row = spellings['set-conversation-status']
    const params = { conversationId: world.ids.conversation }

    const opened = await world.spell(row, { params, body: { status: 'open' } })
    const closed = await world.spell(row, { params, body: { State: 'Disconnected', Reason: 'solved' } })

    expect([opened.body['status'], closed.body['status'], closed.body['closedReason']]).toEqual(['open', 'closed', 'solved'])
    expect([opened.headers['etag'], closed.headers['etag']]).toEqual([expect.any(String), expect.any(String)])
  })
  test('ending an instance closes it, and ending it again is the same answer', async () => {
    await using world = await createSpelledWorld()
    const row = spellings['end-webmessaging-instance']
    const params = { conversationId: world.ids.conversation }

    const answers = [await world.spell(row, { params }), await world.spell(row, { params })]

    expect(answers.map(({ status, text }) => [status, text])).toEqual([[204, ''], [204, '']])
    expect(await world.status()).toBe('closed')
  })
  test('a fresh session may be written to as soon as its id is there', async () => {
    await using world = await createSpelledWorld()

    const session = await world.spell(spellings['create-webchat-session'], { body: { guest: { name: 'Ada', email: 'ada@example.com' } } })
    const webChatSessionId = session.body['result']['webChatSessionId']
    const sent = await world.spell(spellings['send-to-guest-session'], { body: { webChatSessionId, text: 'Welcome!' } })

    expect([session.body['webChatSessionId'], session.body['sessionId']]).toEqual([webChatSessionId, webChatSessionId])
    expect(session.headers['location']).toBe(`/api/v2/conversations/messaging/sessions/${webChatSessionId}`)
    expect([sent.status, sent.body['contactId'], sent.body['did']]).toEqual([202, session.body['contactId'], 'started'])
  })
  test('a dry run plans and stores nothing', async () => {
    await using world = await createSpelledWorld('the conversation closed')

    const plan = await world.spell(spellings['send-webchat'], { body: { contactId: world.ids.contact, text: 'Hi', dryRun: true } })

    expect([plan.status, plan.body['did'], plan.body['canonical']]).toEqual([200, 'reopened', 'POST /api/v2/conversations/messaging/messages'])
    expect([await world.status(), await world.messages()]).toEqual(['closed', ['Hello']])
  })
})

describe('every answer points to the same call by its documented name', () => {
  test.each(calls)('%s', async (_, row, example) => {
    await using world = await createSpelledWorld()
    const path = operations[row.canonical].path.replace('{conversationId}', world.ids.conversation)

    const answers = [
      await world.spell(row, example),
      await world.spell(row, example, { token: null }),
      await world.spell(row, example, { scopes: ['events:read'] }),
      await world.spell(row, example, { headers: { accept: 'text/csv' } }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([example.status, 401, 403, 406])
    for (const { headers } of answers) {
      expect(headers['link']).toBe(`<${path}>; rel="canonical", </docs/coming-from#${row.operationId}>; rel="help"; title="${operations[row.canonical].method} ${operations[row.canonical].path}"`)
    }
  })
  test('a body that is not even JSON gets it, too; a documented call does not', async () => {
    await using world = await createSpelledWorld()
    const json = { 'content-type': 'application/json' }

    const broken = await world.api.call('POST /api/v2/conversations/webchat/messages', { payload: '{', headers: json })
    const documented = await world.api.call('POST /api/v2/conversations/messaging/messages', { payload: '{', headers: json })

    expect([broken.status, documented.status]).toEqual([400, 400])
    expect([broken.headers['link'], documented.headers['link']]).toEqual([expect.stringContaining('</api/v2/conversations/messaging/messages>; rel="canonical"'), undefined])
  })
})
