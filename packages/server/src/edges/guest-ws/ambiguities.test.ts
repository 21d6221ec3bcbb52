import { minutes, seconds } from '@beckon/core'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openGuestEdge, type Frame, type TestGuest } from './testing/guest-edge.ts'

// What no source of the protocol settles, and what is done here: docs/adr/0025-what-the-guest-protocol-leaves-open.md.

function ask(guest: TestGuest, tracingId: string, request: object): Promise<Frame> {
  guest.send({ token: guest.token, tracingId, ...request })
  return guest.next((frame) => frame.tracingId === tracingId)
}

test('a session closed for one connection only leaves the others, and closes that one with a code when its client does not', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  const tab = await edge.guest({ token: guest.token })
  await guest.configure()
  await tab.configure()

  guest.send({ action: 'closeSession', token: guest.token, closeAllConnections: false })
  const told = await guest.next('ConnectionClosedEvent')
  edge.world.clock.advance(seconds(5))

  expect(told.body).toEqual({})
  expect(await guest.closed).toBe(1000)
  await tab.say('still here')
})

test('a session that is closed while it may be written to says so', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('hello')

  const answer = await ask(guest, 'bye', { action: 'closeSession', closeAllConnections: true })

  expect(answer).toMatchObject({ class: 'SessionResponse', body: { connected: false, readOnly: false } })
  expect(guest.socket.readyState).toBe(WebSocket.OPEN)
})

test('one token is two guests at two deployments', async () => {
  await using edge = await openGuestEdge()
  const other = await edge.world.useCases.createDeployment({ settings: { allowedDomains: ['*'] } })
  if (!other.ok) throw new Error('a deployment can be created')
  const guest = await edge.guest()
  await guest.configure()
  const elsewhere = await edge.guest({ token: guest.token, deploymentId: other.value.id })

  const began = await elsewhere.configure()
  await guest.say('hello')
  await elsewhere.settle()

  expect(began.body['newSession']).toBe(true)
  expect(elsewhere.frames.some((frame) => frame.body['text'] === 'hello')).toBe(false)
})

test('a guest who types on one device is not shown it on another', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  const tab = await edge.guest({ token: guest.token })
  await guest.configure()
  await tab.configure()
  await guest.say('hello')
  const before = tab.frames.length

  guest.send({ action: 'onMessage', token: guest.token, message: { type: 'Event', events: [{ eventType: 'Typing', typing: { type: 'On' } }] } })
  await guest.settle()
  await tab.settle()

  // The answer to its own health check, and nothing else.
  expect(tab.frames.slice(before)).toHaveLength(1)
  expect(JSON.stringify(tab.frames)).not.toContain('Typing')
})

test('the same tracingId twice is two messages', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  const say = (): Promise<Frame> => ask(guest, 'same', { action: 'onMessage', message: { type: 'Text', text: 'again' } })

  expect((await say()).body['id']).not.toBe((await say()).body['id'])
})

test('a read-only end does not outlive the session that it ended in', async () => {
  await using edge = await openGuestEdge({ guestWritesAfterClose: 'readOnly', sessionDuration: minutes(10) })
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('hello')
  const ended = await edge.conversationOf(guest)
  await edge.close(ended.id)
  await edge.pass(minutes(11))

  const renewed = await guest.configure()
  const said = await guest.say('hello again')

  expect(renewed.body).toMatchObject({ newSession: true, connected: true, readOnly: false })
  expect(said.code).toBe(200)
  expect((await edge.conversationOf(guest)).previousConversationId).toBe(ended.id)
})

test('one socket may ask without a session, and then carry another token', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()

  const configuration = await ask(guest, 'c', { action: 'getConfiguration', deploymentId: edge.deployment.id })
  const elsewhere = await ask(guest, 'd', { action: 'getConfiguration', deploymentId: 'another' })
  await guest.configure()
  const another = await ask(guest, 'e', { action: 'onMessage', token: edge.world.secrets.generateToken(), message: { type: 'Text', text: 'x' } })

  expect(configuration).toMatchObject({ class: 'GetConfigurationResponse', body: { maxCustomDataBytes: 2048, messageRoutingEnabled: true, sessionDurationSeconds: 259_200 } })
  expect(elsewhere).toMatchObject({ code: 400, body: expect.stringContaining('Deployment not found') })
  expect(another.code).toBe(4007)
})

test('fields that are null are fields left out, and fields that are not known are let be', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure({ journeyContext: null, startNew: null, resumeToken: 'x', somethingNew: { a: [null] } })

  const ack = await guest.say('x', { time: null, message: { type: null, text: 'hello', content: null, events: null, metadata: { kept: 'as it is', none: null } }, channel: null })

  expect(ack.body).toMatchObject({ type: 'Text', text: 'hello', metadata: { kept: 'as it is' } })
})

test.each([
  ['half a character', { message: { type: 'Text', text: '\ud83d' } }, '/message/text'],
  ['the character U+0000', { message: { type: 'Text', text: 'a\u0000b' } }, '/message/text'],
  ['half a character in what comes back', { message: { type: 'Text', text: 'x', metadata: { k: '\udc00' } } }, '/message/metadata/k'],
  ['the character U+0000 in a name', { message: { type: 'Text', text: 'x', metadata: { 'a\u0000': 'x' } } }, '/message/metadata'],
])('a message with %s is refused where it stands, and one that only speaks of it is not', async (_, request, place) => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  const refused = await guest.say('', request)
  const fine = await guest.say('about \\ud83d and \\u0000, 😀')

  expect(refused).toMatchObject({ class: 'string', code: 400, body: expect.stringContaining(`${place} must not hold half a character`) })
  expect(fine.body['text']).toBe('about \\ud83d and \\u0000, 😀')
})

test.each([
  ['a field that nobody knows', (deep: string) => `"somethingNew":${deep}`],
  ['a part of the message', (deep: string) => `"message":{"type":"Text","text":"x","content":[{"contentType":"Card","card":${deep}}]}`],
])('a frame nested too deeply in %s is refused, whatever stands at its end, and the socket goes on', async (_, write) => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  for (const end of ['7', 'null', '"\\u0000"']) {
    guest.send(`{"action":"onMessage","token":"${guest.token}","tracingId":"deep",${write('['.repeat(10_000) + end + ']'.repeat(10_000))}}`)

    expect(await guest.next((frame) => frame.tracingId === 'deep')).toMatchObject({ class: 'string', code: 400, body: 'The frame is nested more than 100 levels deep.' })
  }
  expect((await guest.say('fine')).body['text']).toBe('fine')
  expect(edge.errors).toEqual([])
})

test('a message whose parts together are too large for the frame of its copy is refused as too long', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  expect(await guest.say('x', { message: { type: 'Text', text: 'x', metadata: { k: 'v'.repeat(12_300) } } })).toMatchObject({ code: 4011, body: expect.stringContaining('12288') })
})
