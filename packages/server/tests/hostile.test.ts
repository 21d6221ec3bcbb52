import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { aBackend } from './rig/backend.ts'
import { anEnvironment, credentials, deploymentId } from './rig/environment.ts'
import { configure, openGuestSocket, say } from './rig/guest-socket.ts'
import { startServerProcess } from './rig/server-process.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
}

async function speak(url: string, bytes: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(bytes)
  return socket
}

/** What comes back until the other side ends; empty when it hangs up without a word. */
async function answerTo(url: string, bytes: string): Promise<string> {
  const socket = await speak(url, bytes)
  let answer = ''
  socket.setEncoding('latin1').on('data', (part: string) => {
    answer += part
    // A refusal may leave the connection open for the next request.
    if (answer.includes('\r\n\r\n')) socket.destroy()
  })
  await once(socket, 'close')
  return answer
}

const additionsOf = (body: Readonly<Record<string, unknown>>): { contactId: string; epoch: string } => body['beckon'] as { contactId: string; epoch: string }

test('a guest who stops reading is dropped before much is kept for them, and misses nothing when they come back', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: anEnvironment(data.path) })
  const backend = await aBackend(server.url, credentials)
  const token = randomUUID()
  using slow = await openGuestSocket(server.url, deploymentId)
  const session = await configure(slow, deploymentId, token)
  const { contactId, epoch } = additionsOf(session.body)
  const hello = await say(slow, token, 'hello', 'hello')
  const conversationId = String(hello.body['conversationId'])
  const before = await memoryOf(server.url)

  slow.raw.pause()
  const long = 'x'.repeat(3500)
  const sent: string[] = []
  for (let round = 0; round < 200; round += 1) {
    const texts = Array.from({ length: 25 }, (_, index) => `${round * 25 + index} ${long}`)
    await Promise.all(texts.map((text) => backend.ask('POST', `/api/v2/conversations/messaging/contacts/${contactId}/messages`, { text })))
    sent.push(...texts)
  }
  const grown = (await memoryOf(server.url)) - before
  const reachable = await backend.ask<{ found: { connections: number } }>('GET', `/api/v2/conversations/messaging/contacts/${contactId}/reachability`)
  slow.raw.resume()
  const code = await slow.closed

  expect(reachable.found.connections).toBe(0)
  expect(code).toBe(1006)
  expect(grown).toBeLessThan(150 * 1024 * 1024)

  using back = await openGuestSocket(server.url, deploymentId)
  await configure(back, deploymentId, token, { conversationId, seq: Number(hello.body['seq']), epoch })
  await back.until((frame) => frame.class === 'History' && frame.body['complete'] === true)
  const caughtUp = back.frames.flatMap((frame) => (frame.class === 'History' ? (frame.body['entities'] as { text?: string; seq: number }[]) : []))
  expect(caughtUp.map((entry) => entry.seq)).toEqual(sent.map((_, index) => Number(hello.body['seq']) + 1 + index))
  expect(new Set(caughtUp.map((entry) => entry.text))).toEqual(new Set(sent))
})

test('a guest who floods is slowed down in words, keeps what was acknowledged, and is nobody else’s trouble', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: anEnvironment(data.path) })
  const backend = await aBackend(server.url, credentials)
  const [token, other] = [randomUUID(), randomUUID()]
  using flooder = await openGuestSocket(server.url, deploymentId)
  await configure(flooder, deploymentId, token)
  using calm = await openGuestSocket(server.url, deploymentId)
  await configure(calm, deploymentId, other)

  const flood = (from: number, to: number): void => {
    for (let count = from; count < to; count += 1) {
      flooder.send({ action: 'onMessage', token, tracingId: `flood-${count}`, clientId: `flood-${count}`, message: { type: 'Text', text: `${count}` } })
    }
  }
  flood(0, 30)
  await flooder.until((frame) => frame.tracingId === 'flood-29')
  const slowedDown = flooder.frames.filter((frame) => frame.code === 429)
  flood(30, 5000)
  const answered = await say(calm, other, 'may I?', 'calm')
  await flooder.closed

  expect(slowedDown.length).toBeGreaterThan(10)
  expect(slowedDown[0]).toMatchObject({ class: 'TooManyRequestsErrorMessage', body: { retryAfter: expect.any(Number) } })
  expect(answered.class).toBe('StructuredMessage')
  const acknowledged = flooder.frames.filter((frame) => frame.class === 'StructuredMessage' && frame.tracingId?.startsWith('flood-'))
  const conversationId = String(acknowledged[0]?.body['conversationId'])
  const stored = await backend.ask<{ entities: { kind: string; text?: string }[] }>('GET', `/api/v2/conversations/messaging/${conversationId}/messages?limit=500`)
  const texts = stored.entities.filter((entry) => entry.kind === 'message').map((entry) => entry.text)
  expect(texts.length).toBeLessThan(60)
  expect(texts).toEqual(expect.arrayContaining(acknowledged.map((frame) => frame.body['text'])))
  expect(new Set(texts).size).toBe(texts.length)
})

test('frames that make no sense are refused one by one, and one that is too large ends its socket only', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: anEnvironment(data.path) })
  const token = randomUUID()
  using socket = await openGuestSocket(server.url, deploymentId)
  await configure(socket, deploymentId, token)
  using large = await openGuestSocket(server.url, deploymentId)

  for (const nonsense of ['', '{', 'null', '[]', '"text"', '{"action":7}', '{"action":"fly"}', '{"action":"onMessage"}', '\u0000', `{"action":"onMessage","token":"${token}","message":{"text":7}}`]) {
    socket.raw.send(nonsense)
  }
  socket.raw.send(Buffer.from([0xff, 0xfe, 0x00]), { binary: true })
  const sane = await say(socket, token, 'still here', 'sane')
  large.raw.send('x'.repeat(1_000_000))

  expect(sane.class).toBe('StructuredMessage')
  expect(await large.closed).toBe(1009)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'

const nonsense = {
  'an upgrade to nowhere': `GET /elsewhere HTTP/1.1\r\nHost: x\r\n${upgrade}`,
  'an upgrade of an address that is none': `GET // HTTP/1.1\r\nHost: x\r\n${upgrade}`,
  'an upgrade of an address with broken escapes': `GET /v1?deploymentId=%E0%A4%A HTTP/1.1\r\nHost: x\r\n${upgrade}`,
  'an upgrade without a key': `GET /v1?deploymentId=${deploymentId} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  'an upgrade to something else': `GET /v1?deploymentId=${deploymentId} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
  'what is no HTTP at all': '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n',
}

test('nonsense on the wire is answered with a refusal or a hang-up, and the server lives on', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: anEnvironment(data.path) })

  for (const [what, bytes] of Object.entries(nonsense)) {
    const answer = await answerTo(server.url, bytes)
    const { status } = await fetch(`${server.url}/readyz`)
    expect([what, answer, status]).toEqual([what, expect.stringMatching(/^$|^HTTP\/1\.1 [45]\d\d /), 200])
  }
})

test('callers who connect and never finish a request keep nobody else waiting, not even the end', async () => {
  using data = aTemporaryDirectory()
  await using server = await startServerProcess({ env: { ...anEnvironment(data.path), BECKON_DRAIN_SECONDS: '1' } })
  const silent = await Promise.all(Array.from({ length: 100 }, () => speak(server.url, '')))
  const halves = await Promise.all(Array.from({ length: 100 }, () => speak(server.url, 'POST /api/v2/contacts HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"na')))

  const ready = await fetch(`${server.url}/readyz`)
  server.kill('SIGTERM')

  expect(ready.status).toBe(200)
  expect(await server.ended).toEqual({ code: 0, signal: null })
  for (const socket of [...silent, ...halves]) socket.destroy()
})
