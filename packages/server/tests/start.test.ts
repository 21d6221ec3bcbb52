import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, DataDirInUse, startServer } from '@beckon/server'
import { aBackend } from './rig/backend.ts'
import { anEnvironment, credentials, deploymentId } from './rig/environment.ts'
import { configure, openGuestSocket, say } from './rig/guest-socket.ts'
import { spawnServer, startServerProcess } from './rig/server-process.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'
import { certificate, certificateKey } from './rig/test-certificate.ts'

test('a server says on standard output that it is ready, in one line, and everything else on standard error', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: { ...anEnvironment(data.path), BECKON_LOG_LEVEL: 'info' } })

  expect(JSON.parse(server.said.stdout)).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), pid: server.pid })
  expect(server.said.stdout.split('\n')).toHaveLength(2)
  const log: readonly unknown[] = server.said.stderr.trim().split('\n').map((line) => JSON.parse(line))
  expect(log).toContainEqual(expect.objectContaining({ level: 'info', msg: 'serving', url: server.url }))
})

test('REST, the guest socket, the deployment, the documentation and health share the one port', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: anEnvironment(data.path) })
  const paths = ['/livez', '/readyz', '/metrics', '/docs', '/openapi.json', `/webdeployments/v1/deployments/${deploymentId}/config.json`, '/.well-known/oauth-authorization-server']

  const statuses = await Promise.all(paths.map(async (path) => [path, (await fetch(`${server.url}${path}`)).status]))
  const backend = await aBackend(server.url, credentials)
  const listed = await backend.ask<{ entities: unknown[] }>('GET', '/api/v2/conversations/messaging')
  using socket = await openGuestSocket(server.url, deploymentId, { origin: server.url })
  const session = await configure(socket, deploymentId, '6d1c4a52-3f6b-4a55-9a42-0d2b8a5f0c11')

  expect(statuses).toEqual(paths.map((path) => [path, 200]))
  expect(listed.entities).toEqual([])
  expect(session).toMatchObject({ code: 200, body: { connected: true, newSession: true } })
})

test('with a certificate the one port speaks https and wss, and says so', async () => {
  using data = aTemporaryDirectory()
  const [certificateFile, keyFile] = [join(data.path, 'certificate.pem'), join(data.path, 'key.pem')]
  writeFileSync(certificateFile, certificate)
  writeFileSync(keyFile, certificateKey)
  await using server = await startServerProcess({ env: { ...anEnvironment(data.path), BECKON_TLS_CERTIFICATE_FILE: certificateFile, BECKON_TLS_KEY_FILE: keyFile } })

  const health = await new Promise<number | undefined>((resolve, reject) => {
    request(`${server.url}/readyz`, { ca: certificate }, ({ statusCode }) => resolve(statusCode)).on('error', reject).end()
  })
  using socket = await openGuestSocket(server.url, deploymentId, {}, { ca: certificate })
  const session = await configure(socket, deploymentId, randomUUID())

  expect(server.url).toMatch(/^https:/)
  expect(health).toBe(200)
  expect(session.code).toBe(200)
})

test('SIGTERM lets a request that is running finish, drops the guests, and ends with 0', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: anEnvironment(data.path) })
  using socket = await openGuestSocket(server.url, deploymentId)
  const backend = await aBackend(server.url, credentials)
  const polling = backend.call('GET', '/api/v2/events?after=latest&wait=30')
  await backend.call('GET', '/api/v2/tokens/me')

  server.kill('SIGTERM')

  expect(await server.ended).toEqual({ code: 0, signal: null })
  expect((await polling).status).toBe(200)
  // 1006: gone without a Close frame, so that guest clients come back.
  expect(await socket.closed).toBe(1006)
})

test('a second server on the same data directory is refused and told who is there', async () => {
  using data = aTemporaryDirectory()
  await using first = await startServerProcess({ env: anEnvironment(data.path) })
  await using second = spawnServer({ env: anEnvironment(data.path) })

  const { code } = await second.ended

  expect(code).toBe(5)
  expect(second.said.stderr).toContain(`process ${first.pid}`)
  expect(second.said.stdout).toBe('')
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
})

test('a data directory whose server was killed is served again at once', async () => {
  using data = aTemporaryDirectory()
  await using killed = await startServerProcess({ env: anEnvironment(data.path) })
  killed.kill('SIGKILL')
  await killed.ended

  await using server = await startServerProcess({ env: anEnvironment(data.path) })

  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

test('every mistake in the configuration is told at once, and nothing is started', async () => {
  using data = aTemporaryDirectory()
  await using server = spawnServer({
    env: { ...anEnvironment(data.path), BECKON_PORT: 'eighty', BECKON_ROLE: 'everything', BECKON_DATABASE_URL: 'mysql://beckon:hunter2@db/beckon' },
  })

  const { code } = await server.ended

  expect(code).toBe(2)
  for (const name of ['BECKON_PORT', 'BECKON_ROLE', 'BECKON_DATABASE_URL']) expect(server.said.stderr).toContain(name)
  expect(server.said.stderr).not.toContain('hunter2')
})

test('a misspelt setting is named in the log with the one that was meant', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: { ...anEnvironment(data.path), BECKON_PUBLC_URL: 'https://chat.example' } })

  expect(server.said.stderr).toContain('BECKON_PUBLC_URL is not a setting and was ignored. Did you mean BECKON_PUBLIC_URL?')
})

test('the demonstration refuses to listen in public with the secrets that everybody knows', async () => {
  using data = aTemporaryDirectory()
  await using server = spawnServer({ command: 'demo', env: { BECKON_PORT: '0', BECKON_HOST: '0.0.0.0', BECKON_DATA_DIR: data.path } })

  const { code } = await server.ended

  expect(code).toBe(2)
  expect(server.said.stderr).toMatch(/BECKON_BOOTSTRAP_CLIENT_SECRET must be set[^]*BECKON_BOOTSTRAP_ADMIN_PASSWORD must be set/)
})

test('the demonstration listens in public with secrets of its own', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({
    command: 'demo',
    env: { ...anEnvironment(data.path), BECKON_HOST: '0.0.0.0' },
  })

  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

test('a port that is taken is told before anything is stored', async () => {
  using data = aTemporaryDirectory()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  const starting = startServer({ env: { ...anEnvironment(data.path), BECKON_PORT: String(port) } })

  await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE' })
  other.close()
})

test('within one process too, a data directory is served once', async () => {
  using data = aTemporaryDirectory()
  const env = { ...anEnvironment(data.path), BECKON_LOG_LEVEL: 'silent' }
  const first = await startServer({ env })

  await expect(startServer({ env })).rejects.toBeInstanceOf(DataDirInUse)
  await first.stop()
  const second = await startServer({ env })

  expect(second.url).toMatch(/^http/)
  await second.stop()
})

test('a secret may be given by file, and what the settings name follows them at each start', async () => {
  using data = aTemporaryDirectory()
  const file = join(data.path, 'secret')
  writeFileSync(file, 'from a file\n')
  const env: Record<string, string> = { ...anEnvironment(data.path), BECKON_LOG_LEVEL: 'silent' }
  await (await startServer({ env })).stop()

  delete env['BECKON_BOOTSTRAP_CLIENT_SECRET']
  const server = await startServer({ env: { ...env, BECKON_BOOTSTRAP_CLIENT_SECRET_FILE: file, BECKON_BOOTSTRAP_SCOPES: 'events:read contacts:read' } })
  const backend = await aBackend(server.url, { clientId: credentials.clientId, clientSecret: 'from a file' })
  const mine = await backend.ask('GET', '/api/v2/tokens/me')

  await expect(aBackend(server.url, credentials)).rejects.toThrow('invalid_client')
  expect(JSON.stringify(mine)).toContain('events:read')
  expect(JSON.stringify(mine)).not.toContain('conversations:write')
  await server.stop()
})

test('a worker keeps appointments and serves health, and callers find nothing there', async () => {
  using data = aTemporaryDirectory()
  const server = await startServer({ env: { ...anEnvironment(data.path), BECKON_ROLE: 'worker', BECKON_LOG_LEVEL: 'silent' } })

  const statuses = await Promise.all(['/readyz', '/metrics', '/api/v2/conversations/messaging', '/docs'].map(async (path) => (await fetch(`${server.url}${path}`)).status))

  expect(statuses).toEqual([200, 200, 404, 404])
  await server.stop()
})

test('settings that contradict each other are refused as an error that lists them', async () => {
  using data = aTemporaryDirectory()

  const starting = startServer({ env: { BECKON_DATA_DIR: data.path, BECKON_BOOTSTRAP_CLIENT_ID: 'crm', BECKON_PORT: '-1' } })

  await expect(starting).rejects.toBeInstanceOf(ConfigError)
  await expect(starting).rejects.toMatchObject({ problems: [expect.stringContaining('BECKON_PORT'), expect.stringContaining('BECKON_BOOTSTRAP_CLIENT_SECRET')] })
})

test('what is said and what opens doors is in no log line and in no metric, however much is logged', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: { ...anEnvironment(data.path), BECKON_LOG_LEVEL: 'trace' } })
  const backend = await aBackend(server.url, credentials)
  const token = randomUUID()
  using socket = await openGuestSocket(server.url, deploymentId)
  const session = await configure(socket, deploymentId, token)
  const { contactId } = session.body['beckon'] as { contactId: string }
  const unspeakable = ['my order is 4711', 'we found your order', 'jane@example.com', 'guess the password', token, credentials.clientSecret, 'half a {"body']

  await say(socket, token, 'my order is 4711', 'first')
  await backend.ask('POST', `/api/v2/conversations/messaging/contacts/${contactId}/messages`, { text: 'we found your order' })
  await backend.ask('PATCH', `/api/v2/contacts/${contactId}`, { email: 'jane@example.com' }, { 'if-match': '*' })
  await backend.call('GET', '/api/v2/contacts?q=jane@example.com')
  await backend.call('POST', '/api/v2/agents/login', { name: 'admin', password: 'guess the password' })
  await fetch(`${server.url}/api/v2/contacts`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: 'half a {"body' })
  socket.raw.send('half a {"body')
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  server.kill('SIGTERM')
  await server.ended

  expect(metrics).toContain('beckon_ws_connections{kind="guest"} 1')
  expect(metrics).toContain('beckon_messages_total{direction="inbound",origin="customer"} 1')
  expect(metrics).toContain('http_route="/api/v2/conversations/messaging/contacts/:contactId/messages",http_response_status_code="202"} 1')
  expect(unspeakable.filter((text) => `${server.said.stdout}${server.said.stderr}${metrics}`.includes(text))).toEqual([])
})
