import { createSequenceIds, newYear } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createHttpServer } from '../shared/http-server.ts'
import { registerOps, type OpsDeps } from './register.ts'

function anApp(deps: Partial<OpsDeps> = {}) {
  const answered: unknown[] = []
  const app = createHttpServer({ log: { warn: () => undefined, error: () => undefined }, ids: createSequenceIds(), publicUrl: 'https://chat.example' })
  registerOps(app, {
    reader: { ping: () => Promise.resolve() },
    metrics: { render: () => Promise.resolve('beckon_messages_total 42\n'), contentType: 'text/plain; version=0.0.4', requestAnswered: (request) => answered.push(request) },
    isDraining: () => false,
    overdueSince: () => undefined,
    secrets: { hash: (secret) => `hash of ${secret}`, matches: (secret, hash) => hash === `hash of ${secret}` },
    ...deps,
  })
  return { app, answered, [Symbol.asyncDispose]: () => app.close() }
}

test('a server with its store is alive and ready', async () => {
  await using ops = anApp()

  const [live, ready] = [await ops.app.inject('/livez'), await ops.app.inject('/readyz')]

  expect([live.statusCode, live.body]).toEqual([200, 'ok\n'])
  expect([ready.statusCode, ready.json()]).toEqual([200, { ready: true, checks: { store: 'ok', migrations: 'ok', serving: 'ok', appointments: 'ok' } }])
})

test('a server may be given callers while no worker keeps appointments, and says since when and what to do', async () => {
  await using ops = anApp({ overdueSince: () => newYear })

  const ready = await ops.app.inject('/readyz')

  expect([ready.statusCode, ready.json()]).toMatchObject([200, { ready: true, checks: { appointments: 'overdue since 2026-01-01T00:00:00.000Z: no worker keeps appointments; start a node with BECKON_ROLE=worker or all' } }])
})

test('a server whose store is away is alive and not ready', async () => {
  await using ops = anApp({ reader: { ping: () => Promise.reject(new Error('away')) } })

  const [live, ready] = [await ops.app.inject('/livez'), await ops.app.inject('/readyz')]

  expect(live.statusCode).toBe(200)
  expect([ready.statusCode, ready.json<unknown>(), ready.headers['retry-after']]).toMatchObject([503, { ready: false, checks: { store: 'unavailable' } }, '1'])
})

test('a draining server is alive and not ready', async () => {
  await using ops = anApp({ isDraining: () => true })

  expect((await ops.app.inject('/livez')).statusCode).toBe(200)
  expect((await ops.app.inject('/readyz')).json()).toMatchObject({ ready: false, checks: { serving: 'draining' } })
})

test('metrics are for whoever has the token, when there is one', async () => {
  await using ops = anApp({ metricsToken: 'open sesame' })

  const statuses = await Promise.all(
    [undefined, 'Bearer wrong', 'Bearer open sesame'].map(async (authorization) => (await ops.app.inject({ url: '/metrics', headers: authorization ? { authorization } : {} })).statusCode),
  )

  expect(statuses).toEqual([401, 401, 200])
})

test('every answer is timed under its route, and unknown paths under one name', async () => {
  await using ops = anApp()

  await ops.app.inject('/metrics')
  await ops.app.inject('/wp-admin.php')

  expect(ops.answered).toMatchObject([
    { method: 'GET', route: '/metrics', status: 200 },
    { method: 'GET', route: 'unknown', status: 404 },
  ])
})
