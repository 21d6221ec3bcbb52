import { once } from 'node:events'
import { connect } from 'node:net'
import { createSequenceIds } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createApiWorld, type ApiWorld } from '../../testing/api-world.ts'
import { createHttpServer } from './http-server.ts'

/** What the server answers to these bytes, until it closes the connection. */
async function exchange(api: Pick<ApiWorld, 'app'>, bytes: string): Promise<string> {
  const origin = new URL(await api.app.listen({ host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(origin.port), origin.hostname)
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk) => (answer += String(chunk)))
  socket.write(bytes)
  await once(socket, 'close')
  return answer
}

test('what is not HTTP is answered with a problem, and the connection ends', async () => {
  await using api = await createApiWorld()

  const answer = await exchange(api, 'HELO beckon\r\n\r\n')

  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/)
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'invalid_request', detail: 'This is not HTTP.' })
})

test('an offer to upgrade to another version of HTTP is declined by an answer as usual', async () => {
  await using api = await createApiWorld()
  api.app.server.on('upgrade', (_request, socket) => socket.destroy())

  const answer = await exchange(api, 'GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings, close\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n')

  expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/)
})

test('an id too long for any router leads nowhere, like every id that is none', async () => {
  await using api = await createApiWorld()

  const answer = await api.call(`GET /api/v2/contacts/${'x'.repeat(3000)}`)

  expect(answer.status).toBe(404)
  expect(api.faults).toEqual([])
})

test('headers without end are refused as too long', async () => {
  await using api = await createApiWorld()

  const answer = await exchange(api, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`)

  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
})

test('a body that is longer than the limit is refused while it is still coming', async () => {
  await using api = await createApiWorld({ bodyLimit: 1000 })
  const head = `POST /api/v2/contacts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${api.token}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`

  const answer = await exchange(api, `${head}1000\r\n${'x'.repeat(4096)}\r\n`)

  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(answer).toContain('"code":"payload_too_large"')
})

test('every answer says who it is, and gives browsers nothing to guess', async () => {
  await using api = await createApiWorld()

  const answers = [await api.call('GET /api/v2/contacts'), await api.call('GET /nowhere'), await api.call('GET /api/v2/contacts', { token: null })]

  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'x-request-id': expect.any(String), 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000', 'cache-control': 'no-store',
    })
  }
})

test('while the server goes away, a call on a connection that was kept is sent elsewhere', async () => {
  const app = createHttpServer({ log: { error: () => undefined, warn: () => undefined }, ids: createSequenceIds(), publicUrl: 'https://chat.example' })
  const gate = Promise.withResolvers<void>()
  app.addHook('preClose', () => gate.promise)
  app.get('/here', () => 'ok')
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })

  const closed = app.close()
  const answer = await fetch(`${origin}/here`)
  gate.resolve()
  await closed

  expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('connection')]).toEqual([503, '1', 'close'])
  expect(await answer.json()).toMatchObject({ code: 'unavailable' })
})

test('HEAD is GET without the body', async () => {
  await using api = await createApiWorld()
  const route = `/api/v2/deployments/${api.deploymentId}`

  const [get, head] = [await api.call(`GET ${route}`), await api.app.inject({ method: 'HEAD', url: route, headers: { authorization: `Bearer ${api.token}` } })]

  expect([head.statusCode, head.body, head.headers['etag'], Number(head.headers['content-length'])]).toEqual([200, '', get.headers['etag'], get.text.length])
})

test('a call that is being served when the server goes away is answered, and its connection ends with the answer', async () => {
  await using app = createHttpServer({ log: { error: () => undefined, warn: () => undefined }, ids: createSequenceIds(), publicUrl: 'https://chat.example' })
  const [served, leaving, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  app.addHook('preClose', async () => leaving.resolve())
  app.get('/slow', async () => {
    served.resolve()
    await released.promise
    return 'done'
  })
  const answer = exchange({ app }, 'GET /slow HTTP/1.1\r\nhost: x\r\n\r\n')
  await served.promise

  const closed = app.close()
  await leaving.promise
  released.resolve()

  expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\nconnection: close\r\n/i)
  await closed
})
