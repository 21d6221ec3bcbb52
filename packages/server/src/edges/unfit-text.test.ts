import { allScopes } from '@beckon/core'
import { genesysOperations, servedRows, type Operation } from '@beckon/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { composeWorld, nowhereId, type ComposedWorld } from '../testing/composed-world.ts'

let world: ComposedWorld
let token: string
beforeAll(async () => {
  world = await composeWorld()
  token = (await world.issue(allScopes)).token
})
afterAll(() => world[Symbol.asyncDispose]())

const unfit = [['the character U+0000', 'a\u0000b'], ['half a character', 'a\ud800']] as const
const official: readonly Operation[] = Object.values(genesysOperations)
const withBody = [...servedRows, ...official].filter(({ body, auth, path }) => body !== undefined && auth === 'bearer' && !path.startsWith('/oauth/'))
const withQuery = [...servedRows, ...official].filter(({ query, auth, operationId }) => query !== undefined && auth === 'bearer' && operationId !== 'stream-events')
const named = (rows: readonly Operation[]): readonly (readonly [string, Operation])[] => rows.map((row) => [`${row.operationId} (${row.method} ${row.path})`, row] as const)

async function ask({ method, path }: Operation, { body, query = '' }: { readonly body?: object; readonly query?: string }) {
  const url = `${path.replaceAll(/\{\w+\}/g, nowhereId)}${query}`
  const answer = await world.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(body === undefined ? {} : { payload: body }) })
  return { status: answer.statusCode, text: answer.body }
}

describe.each(unfit)('%s', (_, text) => {
  test.each(named(withBody))('in any field of the body is refused by %s, which names the field', async (__, row) => {
    const { status, text: said } = await ask(row, { body: { deep: [{ field: text }] } })

    expect(status).toBe(400)
    expect(said).toContain('#/deep/0/field must not hold half a character or the character U+0000')
  })

  test('in what an app says of its device is refused, and the refusal names the field', async () => {
    const url = `/api/v2/webmessaging/deployments/${nowhereId}/pushdevices/${nowhereId}`

    const answer = await world.app.inject({ method: 'POST', url, payload: { deviceToken: text } })

    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '#/deviceToken' }] })
  })
})

describe('the character U+0000', () => {
  test.each(named(withQuery))('in the query is refused by %s', async (_, row) => {
    const [name = ''] = Object.entries(row.query?.properties ?? {}).find(([, schema]) => Object(schema).type === 'string') ?? []
    if (name === '') return
    const { status, text } = await ask(row, { query: `?${name}=a%00b`, ...(row.body === undefined ? {} : { body: {} }) })

    expect(status).toBe(400)
    expect(text).toContain(`?${name} `)
  })

  test('in a form is refused as forms are', async () => {
    const answer = await world.app.inject({ method: 'POST', url: '/oauth/token', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'grant_type=client_credentials&client_id=a%00b&client_secret=x' })

    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ error: 'invalid_request', error_description: expect.stringContaining('client_id') })
  })
})
