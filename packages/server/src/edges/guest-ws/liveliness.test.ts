import { minutes, seconds } from '@beckon/core'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { generous, openGuestEdge, type TestGuest } from './testing/guest-edge.ts'

/** Everything the socket had sent until now has been heard: pings are answered in their turn. */
async function heard(guest: TestGuest): Promise<void> {
  const answered = new Promise<void>((resolve) => guest.socket.once('pong', () => resolve()))
  guest.socket.ping()
  await answered
}

test('a peer that is gone is found by its silence and let go of, and one that answers stays', async () => {
  await using edge = await openGuestEdge()
  const [gone, here] = [await edge.guest({ isSilent: true }), await edge.guest()]
  await gone.configure()
  await here.configure()
  const pinged = new Promise<void>((resolve) => here.socket.once('ping', () => resolve()))

  edge.world.clock.advance(seconds(30))
  await pinged
  await heard(here)
  edge.world.clock.advance(seconds(30))

  expect(await gone.closed).toBe(1006)
  await here.settle()
  expect(edge.edge.connections).toBe(1)
})

test('a client’s own pings are a sign of life', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest({ isSilent: true })
  await guest.configure()

  for (let count = 0; count < 4; count += 1) {
    await heard(guest)
    edge.world.clock.advance(seconds(30))
  }

  await guest.settle()
  expect(guest.socket.readyState).toBe(WebSocket.OPEN)
})

test('a client that closes without a code is answered with one', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  guest.socket.close()

  expect(await guest.closed).toBe(1000)
})

test('who comes back has spent what they had spent, on a new socket too', async () => {
  await using edge = await openGuestEdge({ limits: { ...generous, messagesPerSecond: 2 } })
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('one')
  await guest.say('two')
  guest.socket.terminate()
  await edge.isEmpty()

  const back = await edge.guest({ token: guest.token })
  await back.configure()
  const refused = await back.say('three')
  const [other] = [await edge.guest()]
  await other.configure()
  const allowed = await other.say('one')

  expect(refused.code).toBe(429)
  expect(allowed.code).toBe(200)
})

test('a token is configured only so often, over however many sockets', async () => {
  await using edge = await openGuestEdge({ limits: { ...generous, configuresPerMinute: 2 } })
  const guest = await edge.guest()
  const codes = [(await guest.configure()).code, (await guest.configure()).code]
  const again = await edge.guest({ token: guest.token })

  codes.push((await again.configure()).code)
  edge.world.clock.advance(seconds(30))
  codes.push((await again.configure()).code)

  expect(codes).toEqual([200, 200, 429, 200])
})

test('an address that opens sockets without end keeps nobody else out', async () => {
  await using edge = await openGuestEdge({ limits: { ...generous, connectionsPerMinute: 2 } })
  const attempt = (address: string): Promise<string> => edge.guest({ address }).then(() => 'open', (error: Error) => error.message)

  const greedy = [await attempt('203.0.113.7'), await attempt('203.0.113.7'), await attempt('203.0.113.7')]
  const other = await attempt('203.0.113.8')
  edge.world.clock.advance(seconds(30))
  const later = await attempt('203.0.113.7')

  expect(greedy).toEqual(['open', 'open', '429'])
  expect([other, later]).toEqual(['open', 'open'])
})

test('native clients, which name the host they connect to, are let in beside the pages that are named', async () => {
  await using edge = await openGuestEdge({ allowedDomains: ['shop.example'] })
  const { host, hostname } = new URL(edge.url)
  const attempt = (origin: string): Promise<string> => edge.guest({ origin }).then(() => 'open', (error: Error) => error.message)

  expect([await attempt(host), await attempt(hostname)]).toEqual(['open', 'open'])
  expect([await attempt(`http://${host}`), await attempt('null'), await attempt('other.example')]).toEqual(['403', '403', '403'])
})

const expiryOf = async (guest: TestGuest): Promise<number> => {
  guest.send({ action: 'echo', tracingId: 'SGVhbHRoQ2hlY2tNZXNzYWdlSWQ=' })
  const { body } = await guest.next((frame) => frame.tracingId === 'SGVhbHRoQ2hlY2tNZXNzYWdlSWQ=')
  return Number((body['metadata'] as Record<string, string>)['expirationDate'])
}

test('messages in either direction prolong the session, and asking how long it lasts does not', async () => {
  await using edge = await openGuestEdge({ sessionDuration: minutes(60) })
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('hello')
  const first = await expiryOf(guest)

  await edge.pass(minutes(10))
  const asked = await expiryOf(guest)
  await edge.send((await edge.conversationOf(guest)).contactId, 'news')
  await guest.next((frame) => frame.body['text'] === 'news')
  await expect.poll(() => expiryOf(guest)).toBe(first + 600)
  await edge.pass(minutes(10))
  await guest.say('thanks')

  expect(asked).toBe(first)
  expect(await expiryOf(guest)).toBe(first + 1200)
})

test('when the session has run out the health check says so, and the socket may begin another', async () => {
  await using edge = await openGuestEdge({ sessionDuration: minutes(60) })
  const guest = await edge.guest()
  await guest.configure()
  await edge.pass(minutes(61))

  guest.send({ action: 'echo', tracingId: 'late' })
  const told = await guest.next((frame) => frame.tracingId === 'late')
  const renewed = await guest.configure()

  expect(told).toEqual({ type: 'response', class: 'SessionExpiredEvent', code: 200, body: {}, tracingId: 'late' })
  expect(renewed.body).toMatchObject({ newSession: true, connected: true, readOnly: false })
})

test('a health check needs no session and no token', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()

  guest.send({ action: 'echo', tracingId: 'x', message: { type: 'Text', text: 'ping' } })

  expect(await guest.next((frame) => frame.tracingId === 'x')).toMatchObject({ type: 'response', class: 'StructuredMessage', body: { type: 'Text', text: 'ping', direction: 'Inbound' } })
})
