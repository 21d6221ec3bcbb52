import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createBeckon } from '@beckon/client'
import { afterEach, expect, test } from 'vitest'
import { checkHealth, checkToken } from './server-checks.ts'

let server: Server
afterEach(() => new Promise((resolve) => server.close(resolve)))

/** A server that says this of itself. */
async function aServer(checks: Readonly<Record<string, string>>): Promise<string> {
  server = createServer((request, response) => {
    response.setHeader('connection', 'close')
    response.setHeader('content-type', 'application/json')
    response.end(request.url === '/livez' ? 'null' : JSON.stringify({ ready: true, checks }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

const aboutAppointments = async (checks: Readonly<Record<string, string>>): Promise<unknown> =>
  (await checkHealth(await aServer({ store: 'ok', ...checks }), () => 0)).find(({ name }) => name === 'worker')

test('appointments that nobody keeps need attention, and it is said what to do', async () => {
  expect(await aboutAppointments({ appointments: 'overdue since 2026-01-01T00:00:00.000Z: no worker keeps appointments; start a node with BECKON_ROLE=worker or all' })).toEqual({
    name: 'worker', state: 'bad',
    told: 'appointments are overdue since 2026-01-01T00:00:00.000Z: no worker keeps appointments',
    remedy: 'Start a node with BECKON_ROLE=worker or all. Where one runs, its log says what keeps it.',
  })
})

test('appointments that are kept are well, and a server that says nothing of them is not judged', async () => {
  expect(await aboutAppointments({ appointments: 'ok' })).toMatchObject({ state: 'good' })
  await new Promise((resolve) => server.close(resolve))
  expect(await aboutAppointments({})).toBeUndefined()
})

test.each([
  ['the server cannot reach its database', 503, 'unavailable', /cannot reach its database/],
  ['it is a worker, which serves no callers', 404, 'not_found', /whose role is web or all/],
  ['the credentials are wrong', 401, 'invalid_client', /BECKON_CLIENT_SECRET/],
])('a token that cannot be had because %s is put down to that', async (_, status, code, remedy) => {
  server = createServer((_request, response) => response.writeHead(status, { connection: 'close', 'content-type': 'application/problem+json' }).end(JSON.stringify({ title: code, status, code })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`

  const finding = await checkToken(createBeckon({ url, clientId: 'crm', clientSecret: 'secret', retry: { retries: 0 } }))

  expect(finding).toMatchObject({ state: 'bad', remedy: expect.stringMatching(remedy) })
})
