import { StoreUnavailable } from '@beckon/core'
import { describe, expect, test } from 'vitest'
import { createApiWorld, type ApiWorld } from '../../testing/api-world.ts'

const messaging = '/api/v2/conversations/messaging'
const key = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' }

async function aContact(api: ApiWorld): Promise<string> {
  return String((await api.call('POST /api/v2/contacts', { body: {} })).body['id'])
}

/** Keeps what is written from being committed until it is let go. */
function holdTransactions({ store }: ApiWorld): { readonly isReached: Promise<void>; letGo(): void } {
  const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const transact: typeof store.transact = store.transact.bind(store)
  Object.assign(store, {
    async transact(work: Parameters<typeof transact>[0]) {
      reached.resolve()
      await gate.promise
      return transact(work)
    },
  })
  return { isReached: reached.promise, letGo: gate.resolve }
}

describe('a repeated request with the same key', () => {
  test('is one send with one answer, marked as a repetition', async () => {
    await using api = await createApiWorld()
    const route = `POST ${messaging}/contacts/${await aContact(api)}/messages`

    const first = await api.call(route, { body: { text: 'Hi', metadata: { a: '1', b: '2' } }, headers: key })
    const again = await api.call(route, { body: { metadata: { b: '2', a: '1' }, text: 'Hi' }, headers: key })
    const log = await api.call(`GET ${messaging}/${first.body['conversationId']}/messages`)

    expect([again.status, again.text]).toEqual([first.status, first.text])
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true'])
    expect(log.body['entities'].filter(({ kind }: { kind: string }) => kind === 'message')).toHaveLength(1)
  })
  test('quoted and bare is the same key', async () => {
    await using api = await createApiWorld()

    const first = await api.call('POST /api/v2/contacts', { body: {}, headers: { 'idempotency-key': '"abc"' } })
    const again = await api.call('POST /api/v2/contacts', { body: {}, headers: { 'idempotency-key': 'abc' } })

    expect(again.body).toEqual(first.body)
  })
  test('but another body, or another address, is refused', async () => {
    await using api = await createApiWorld()
    const [ada, ben] = [await aContact(api), await aContact(api)]
    await api.call(`POST ${messaging}/contacts/${ada}/messages`, { body: { text: 'Hi' }, headers: key })

    const otherBody = await api.call(`POST ${messaging}/contacts/${ada}/messages`, { body: { text: 'Bye' }, headers: key })
    const otherAddress = await api.call(`POST ${messaging}/contacts/${ben}/messages`, { body: { text: 'Hi' }, headers: key })

    expect(otherBody.body).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
    expect(otherAddress.body).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
  })
  test('of another caller, or of another operation, is another key', async () => {
    await using api = await createApiWorld()
    const other = await api.tokenWith(['contacts:write'])
    const first = await api.call('POST /api/v2/contacts', { body: {}, headers: key })

    const theirs = await api.call('POST /api/v2/contacts', { body: {}, headers: key, token: other })
    const elsewhere = await api.call('POST /api/v2/deployments', { body: {}, headers: key })

    expect(theirs.body['id']).not.toBe(first.body['id'])
    expect(elsewhere.status).toBe(201)
  })
  test('after a refusal does what is asked, once the cause is gone', async () => {
    await using api = await createApiWorld()
    const contactId = await aContact(api)
    const send = { body: { text: 'Now', policy: { whenUnreachable: 'reject' } }, headers: key }
    const refused = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, send)

    api.presence.enter(contactId as never)
    const accepted = await api.call(`POST ${messaging}/contacts/${contactId}/messages`, send)

    expect([refused.status, accepted.status]).toEqual([409, 202])
  })
  test('while the first is under way is asked to wait', async () => {
    await using api = await createApiWorld()
    const call = () => api.call('POST /api/v2/contacts', { body: {}, headers: key })
    const store = holdTransactions(api)
    const first = call()
    await store.isReached

    const meanwhile = await call()
    store.letGo()
    const [answered, afterwards] = [await first, await call()]

    expect([meanwhile.status, answered.status, afterwards.status]).toEqual([409, 201, 201])
    expect(meanwhile.body).toMatchObject({ code: 'idempotency_in_progress' })
    expect(meanwhile.headers['retry-after']).toBe('1')
    expect(afterwards.headers['idempotent-replayed']).toBe('true')
  })
  test('after a dry run sends: a plan is no answer to remember', async () => {
    await using api = await createApiWorld()
    const route = `POST ${messaging}/contacts/${await aContact(api)}/messages`

    const planned = await api.call(route, { body: { text: 'Hi', dryRun: true }, headers: key })
    const sent = await api.call(route, { body: { text: 'Hi' }, headers: key })

    expect([planned.status, sent.status]).toEqual([200, 202])
  })
})

test.each([
  ['POST /api/v2/contacts', { externalId: 'x' }],
  ['POST /api/v2/deployments', { name: 'Shop' }],
  ['POST /api/v2/agents', { name: 'mira', password: 'correct horse battery' }],
])('%s is repeated without making a second one', async (route, body) => {
  await using api = await createApiWorld()

  const first = await api.call(route, { body, headers: key })
  const again = await api.call(route, { body, headers: key })

  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.text).toBe(first.text)
})

test.each(['""', '"ä"', 'two words', '"open', 'x'.repeat(201)])('the key %s is no key', async (header) => {
  await using api = await createApiWorld()

  const answer = await api.call('POST /api/v2/contacts', { body: {}, headers: { 'idempotency-key': Buffer.from(header).toString('latin1') } })

  expect(answer.body).toMatchObject({ status: 400, errors: [{ pointer: 'Idempotency-Key' }] })
})

test('answers with secrets are not remembered', async () => {
  await using api = await createApiWorld()
  const body = { name: 'CRM', scopes: ['contacts:read'] }

  const first = await api.call('POST /api/v2/oauth/clients', { body, headers: key })
  const again = await api.call('POST /api/v2/oauth/clients', { body, headers: key })

  expect(again.body['id']).not.toBe(first.body['id'])
})

test('a store that is away is told as such, with nothing half-done', async () => {
  await using api = await createApiWorld()
  Object.assign(api.store, { transact: () => Promise.reject(new StoreUnavailable('disk full')) })

  const answer = await api.app.inject({ method: 'POST', url: '/api/v2/contacts', headers: { authorization: `Bearer ${api.token}`, ...key }, payload: {} })

  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe('1')
  expect(answer.json()).toMatchObject({ code: 'unavailable' })
  expect(answer.body).not.toContain('disk')
})

test('a fault of our own says nothing of its cause, and is logged with the id that the caller was given', async () => {
  await using api = await createApiWorld()
  Object.assign(api.store, { contacts: () => Promise.reject(new TypeError('secret detail')) })

  const answer = await api.app.inject({ url: '/api/v2/contacts', headers: { authorization: `Bearer ${api.token}` } })

  expect(answer.statusCode).toBe(500)
  expect(answer.body).not.toContain('secret detail')
  expect(api.faults).toMatchObject([{ err: { message: 'secret detail' }, contextId: answer.json().contextId }])
})
