import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { operations, type Operation } from '@beckon/protocol'
import { createApiWorld, type ApiWorld } from '../../testing/api-world.ts'

const served: readonly Operation[] = Object.values(operations)
/** A stream never ends; the others belong to other edges. */
const elsewhere = ['register-push-device', 'update-push-device', 'remove-push-device', 'stream-events', 'list-guest-messages', 'get-deployment-config', 'get-deployment-configurations', 'get-deployment-domains', 'get-liveness', 'get-readiness', 'get-metrics', 'get-openapi']
const rows = served.filter(({ operationId }) => !elsewhere.includes(operationId)).map((row) => [row.operationId, row] as const)

interface Shot {
  readonly ids: readonly string[]
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly raw: Uint8Array | undefined
  readonly headers: Readonly<Record<string, string>>
}

const headerText = fc.string({ unit: fc.constantFrom(...'"W/*,; =-.abcdef0123456789ABCé'.split('')), maxLength: 30 })
const headers = fc.record({ 'if-match': headerText, 'if-none-match': headerText, 'idempotency-key': headerText, accept: headerText, 'x-beckon-desk': headerText, cookie: headerText }, { requiredKeys: [] })

/** Bodies near the valid ones reach further than noise does: an example with some of its fields bent. */
function bodies({ body, examples }: Operation): fc.Arbitrary<unknown> {
  const names = body && 'properties' in body ? Object.keys(body.properties ?? {}) : []
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom('open', 'closed', 'live', '', 'PT0S', 'P3650D', '2026-02-30T00:00:00Z', '9999-12-31T23:59:59Z', '0001-01-01T00:00:00+23:59', 0, -1, 1e308, '💥'.repeat(2000)))
  const bent = fc.tuple(fc.constantFrom({}, ...examples.map((example) => example.body)), fc.dictionary(fc.constantFrom('nonsense', ...names), value, { maxKeys: 3 }))
  return fc.oneof({ weight: 4, arbitrary: bent.map(([example, change]) => ({ ...(example as object), ...change })) }, { weight: 1, arbitrary: fc.jsonValue() })
}

function shots(row: Operation, known: readonly string[]): fc.Arbitrary<Shot> {
  const id = fc.oneof(fc.constantFrom(...known), fc.string({ minLength: 1, maxLength: 80 }).filter((text) => !/^\.{1,2}$/.test(text)), fc.constantFrom('%00', '__proto__', 'constructor', '"', 'null', '-1'))
  const names = Object.keys(row.query?.properties ?? {}).filter((name) => name !== 'wait')
  return fc.record({
    ids: fc.array(id, { minLength: 2, maxLength: 2 }),
    query: fc.dictionary(fc.constantFrom('nonsense', ...names), fc.oneof(id, fc.constantFrom('0', '1', '99999999999999999999', 'true', 'open', 'latest', 'message.created')), { maxKeys: 3 }),
    body: bodies(row),
    raw: fc.option(fc.uint8Array({ maxLength: 40 }), { nil: undefined, freq: 8 }),
    headers,
  })
}

/** One of everything, so that ids lead somewhere. */
async function idsOfEverything(api: ApiWorld): Promise<readonly string[]> {
  const messaging = '/api/v2/conversations/messaging'
  const contact = await api.call('POST /api/v2/contacts', { body: { externalId: 'crm-4711' } })
  const sent = await api.call(`POST ${messaging}/contacts/${contact.body['id']}/messages`, { body: { text: 'Hi' } })
  const scheduled = await api.call(`POST ${messaging}/contacts/${contact.body['id']}/messages`, { body: { text: 'Hi', policy: { sendAt: '2030-01-01T00:00:00Z' } } })
  const session = await api.call(`POST ${messaging}/sessions`, { body: { contactId: contact.body['id'] } })
  const agent = await api.call('POST /api/v2/agents', { body: { name: 'mira', password: 'correct horse battery' } })
  const participants = await api.call(`GET ${messaging}/${sent.body['conversationId']}/participants`)
  const client = await api.call('POST /api/v2/oauth/clients', { body: { name: 'x', scopes: ['contacts:read'] } })
  return [
    contact.body['id'], sent.body['conversationId'], sent.body['id'], sent.body['messageId'], scheduled.body['id'], session.body['sessionId'],
    agent.body['id'], participants.body['entities'][0].id, client.body['id'], api.deploymentId,
  ]
}

describe('whatever is thrown at it, every operation answers as documented', () => {
  test.each(rows)('%s', async (_, row) => {
    await using api = await createApiWorld()
    const known = await idsOfEverything(api)

    await fc.assert(
      fc.asyncProperty(shots(row, known), async ({ ids, query, body, raw, headers: given }) => {
        const left = [...ids]
        const path = row.path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? ''))
        const search = new URLSearchParams(query).toString()
        const hasBody = row.method !== 'GET' && row.body !== undefined
        const sent = hasBody ? (raw ? { payload: Buffer.from(raw), headers: { 'content-type': 'application/json', ...given } } : { body, headers: given }) : { headers: given }

        const answer = await api.call(`${row.method} ${path}${search === '' ? '' : `?${search}`}`, sent)

        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 120 },
    )
    expect(api.faults).toEqual([])
  }, 60_000)
})
