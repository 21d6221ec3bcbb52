import { toId, type Scope } from '@beckon/core'
import type { Action } from '@beckon/protocol'
import { describe, expect, test } from 'vitest'
import { createApiWorld, type ApiAnswer, type ApiWorld } from '../../testing/api-world.ts'

const messaging = '/api/v2/conversations/messaging'

async function aContact(api: ApiWorld, details: object = {}): Promise<string> {
  return String((await api.call('POST /api/v2/contacts', { body: details })).body['id'])
}

async function aConversation(api: ApiWorld, contactId: string): Promise<string> {
  const sent = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, { body: { text: 'Hi' } })
  return String(sent.body['conversationId'])
}

/** Follows every call that a refusal suggests, each with nothing but the scope it names, and tells what came of it. */
async function followActions(api: ApiWorld, refusal: ApiAnswer): Promise<readonly number[]> {
  const statuses: number[] = []
  for (const action of refusal.body['actions'] as readonly Action[]) {
    const token = action.scope === undefined ? api.token : await api.tokenWith([action.scope as Scope])
    const answer = await api.call(`${action.method} ${action.href}`, { token, ...(action.body === undefined ? {} : { body: action.body }) })
    statuses.push(answer.status)
  }
  return statuses
}

describe('every refusal of a state names it, and the calls that would succeed now', () => {
  test('a send that is not to touch a closed conversation', async () => {
    await using api = await createApiWorld()
    const conversationId = await aConversation(api, await aContact(api))
    await api.call(`PATCH ${messaging}/${conversationId}`, { body: { status: 'closed' } })

    const refused = await api.call(`POST ${messaging}/${conversationId}/messages`, { body: { text: 'Hi', policy: { whenClosed: 'reject' } } })

    expect(refused.body).toMatchObject({ status: 409, code: 'conversation_closed', currentState: 'closed', message: refused.body['detail'] })
    expect(refused.body['actions']).toEqual([
      { method: 'PATCH', href: `${messaging}/${conversationId}`, body: { status: 'open' }, scope: 'messaging:conversation:write' },
      { method: 'POST', href: `${messaging}/${conversationId}/messages`, body: { text: 'Hi', policy: { whenClosed: 'reopen' } }, scope: 'messaging:conversation:write' },
    ])
    expect(await followActions(api, refused)).toEqual([200, 202])
  })
  test('a send to somebody who declined it', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api, { optedOut: ['marketing'] })

    const refused = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, { body: { text: 'Buy!', policy: { purpose: 'marketing' } } })

    expect(refused.body).toMatchObject({ status: 409, code: 'opted_out', detail: 'The contact declined marketing messages.' })
    expect(await followActions(api, refused)).toEqual([200])
  })
  test('a send that is not to be stored, to somebody who is away', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)

    const refused = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, { body: { text: 'Now!', policy: { whenUnreachable: 'reject' } } })

    expect(refused.body).toMatchObject({ status: 409, code: 'unreachable', currentState: 'unreachable' })
    expect(await followActions(api, refused)).toEqual([202, 200])
  })
  test('a move of a message that was sent', async () => {
    await using api = await createApiWorld()
    const sent = await api.call(`POST ${messaging}/contacts/${await aContact(api)}/messages`, { body: { text: 'Hi' } })

    const refused = await api.call(`PATCH ${messaging}/proactive/${sent.body['id']}`, { body: { sendAt: '2030-01-01T00:00:00Z' } })

    expect(refused.body).toMatchObject({ status: 409, code: 'already_sent', currentState: 'sent' })
    expect(await followActions(api, refused)).toEqual([200])
  })
  test('a second contact of one external id, and a second agent of one name', async () => {
    await using api = await createApiWorld()
    await aContact(api, { externalId: 'crm & co' })
    const agent = { name: 'mira', password: 'correct horse battery' }
    await api.call('POST /api/v2/agents', { body: agent })

    const contactRefused = await api.call('POST /api/v2/contacts', { body: { externalId: 'crm & co' } })
    const agentRefused = await api.call('POST /api/v2/agents', { body: agent })

    expect(contactRefused.body).toMatchObject({ status: 409, code: 'already_exists', detail: 'A contact with the external id crm & co exists.' })
    expect(agentRefused.body).toMatchObject({ status: 409, code: 'already_exists', detail: 'There is already an agent called mira.' })
    expect([await followActions(api, contactRefused), await followActions(api, agentRefused)]).toEqual([[200], [200]])
  })
  test('an update of what was changed meanwhile, and one that does not say what it is based on', async () => {
    await using api = await createApiWorld()
    const route = `PATCH /api/v2/deployments/${api.deploymentId}`

    const failed = await api.call(route, { body: { name: 'Shop' }, headers: { 'if-match': '"9"' } })
    const required = await api.call(route, { body: { name: 'Shop' } })

    expect(failed.body).toMatchObject({ status: 412, code: 'precondition_failed', detail: 'It was changed meanwhile: the current version is "1".' })
    expect(required.body).toMatchObject({ status: 428, code: 'precondition_required' })
    expect([await followActions(api, failed), await followActions(api, required)]).toEqual([[200], [200]])
  })
})

describe('what was erased is gone for every call, and none of them says more than that', () => {
  test('each call about an erased contact is 410', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api, { name: 'Ada' })
    const conversationId = await aConversation(api, contactId)
    await api.call(`DELETE /api/v2/contacts/${contactId}`)

    const answers = [
      await api.call(`GET /api/v2/contacts/${contactId}`),
      await api.call(`PATCH /api/v2/contacts/${contactId}`, { body: { name: 'Eve' } }),
      await api.call(`POST ${messaging}/contacts/${contactId}/messages`, { body: { text: 'Hi' } }),
      await api.call(`GET ${messaging}/contacts/${contactId}/reachability`),
      await api.call(`GET ${messaging}/${conversationId}`),
      await api.call(`PATCH ${messaging}/${conversationId}`, { body: { status: 'open' } }),
      await api.call(`GET ${messaging}/${conversationId}/messages`),
      await api.call(`POST ${messaging}/${conversationId}/messages`, { body: { text: 'Hi' } }),
      await api.call(`GET ${messaging}/${conversationId}/participants`),
      await api.call(`POST ${messaging}/${conversationId}/participants`, { body: {} }),
      await api.call(`POST ${messaging}/${conversationId}/seen`, { body: { seenSeq: 1 } }),
      await api.call(`POST ${messaging}/${conversationId}/typing`, { body: { on: true } }),
      await api.call(`POST ${messaging}/sessions`, { body: { contactId } }),
    ]

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 410))
    expect(answers.map(({ body }) => body['code'])).toEqual(answers.map(() => 'erased'))
    expect(answers.map(({ text }) => text).join('')).not.toContain('Ada')
  })
  test('erasing again is the same answer, and lists no longer know the contact', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api, { name: 'Ada', externalId: 'crm-1' })
    await aConversation(api, contactId)

    const erased = [await api.call(`DELETE /api/v2/contacts/${contactId}`), await api.call(`DELETE /api/v2/contacts/${contactId}`)]
    const lists = [
      await api.call('GET /api/v2/contacts'), await api.call('GET /api/v2/contacts?externalId=crm-1'),
      await api.call(`GET ${messaging}`), await api.call(`GET ${messaging}?contactId=${contactId}`),
    ]

    expect(erased.map(({ status }) => status)).toEqual([204, 204])
    expect(lists.map(({ body }) => body['entities'])).toEqual([[], [], [], []])
  })
})

describe('an id of another kind leads nowhere', () => {
  test('a contact is no conversation, and a conversation is no contact', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    const conversationId = await aConversation(api, contactId)

    const answers = [
      await api.call(`GET ${messaging}/${contactId}`),
      await api.call(`GET /api/v2/contacts/${conversationId}`),
      await api.call(`GET ${messaging}/sessions/${contactId}`),
      await api.call(`GET ${messaging}/proactive/${conversationId}`),
      await api.call(`GET ${messaging}/messages/${conversationId}/deliveries`),
      await api.call(`POST ${messaging}/contacts/${conversationId}/messages`, { body: { text: 'Hi' } }),
      await api.call(`POST ${messaging}/${contactId}/messages`, { body: { text: 'Hi' } }),
      await api.call(`POST ${messaging}/messages`, { body: { sessionId: contactId, text: 'Hi' } }),
      await api.call(`DELETE ${messaging}/${conversationId}/participants/${contactId}`),
    ]

    expect(answers.map(({ body }) => body['code'])).toEqual(answers.map(() => 'not_found'))
    expect(answers[0]?.body['detail']).toBe(`There is no conversation ${contactId}.`)
  })
})

test('a guest who is removed from their own conversation is closed out instead, and the caller is told', async () => {
  await using api = await createApiWorld()
  const conversationId = await aConversation(api, await aContact(api))
  const { participants } = (await api.store.conversation(toId(conversationId))) ?? { participants: [] }

  const answer = await api.call(`DELETE ${messaging}/${conversationId}/participants/${participants[0]?.id}`)

  expect(answer.body).toMatchObject({ status: 400, code: 'invalid_request' })
  expect(answer.body['detail']).toContain('close the conversation instead')
})
