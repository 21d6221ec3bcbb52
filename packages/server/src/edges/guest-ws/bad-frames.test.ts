import { seconds, toId, type ContactId } from '@beckon/core'
import { guestRequests } from '@beckon/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { generous, openGuestEdge, type Frame, type TestGuest } from './testing/guest-edge.ts'

/** Lets sockets do their work. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function answerTo(guest: TestGuest, request: object | string): Promise<Frame> {
  guest.send(request)
  return guest.next('string')
}

test('each bad frame is refused with its code and a reason, and the socket stays', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  const { token } = guest
  const message = { type: 'Text', text: 'x' }

  expect(await answerTo(guest, { action: 'onMessage', token, message })).toMatchObject({ code: 4007 })
  await guest.configure()
  expect(await answerTo(guest, 'no json')).toMatchObject({ code: 400, type: 'response' })
  expect(await answerTo(guest, '[]')).toMatchObject({ code: 400 })
  expect(await answerTo(guest, { token })).toMatchObject({ code: 400, body: expect.stringContaining('no action') })
  expect(await answerTo(guest, { action: 'dance', token })).toMatchObject({ code: 400, body: expect.stringContaining('"dance"') })
  expect(await answerTo(guest, { action: 'constructor', token })).toMatchObject({ code: 400 })
  expect(await answerTo(guest, { action: 'disconnectCustomer', token })).toMatchObject({ code: 400 })
  expect(await answerTo(guest, { action: 'onAttachment', token })).toMatchObject({ code: 4020 })
  expect(await answerTo(guest, { action: 'onMessage', token })).toMatchObject({ code: 4020 })
  expect(await answerTo(guest, { action: 'onMessage', token, message: { type: 'Text', text: '' } })).toMatchObject({ code: 4020 })
  expect(await answerTo(guest, { action: 'onMessage', token, message: { text: 7 } })).toMatchObject({ code: 400, body: expect.stringContaining('/message/text') })
  expect(await answerTo(guest, { action: 'onMessage', token: 'another-token-altogether', message })).toMatchObject({ code: 4007 })
  expect(await answerTo(guest, { action: 'onMessage', token, message: { text: 'ä'.repeat(2049) } })).toMatchObject({ code: 4011, body: 'Message length 4098 is larger than 4096' })
  expect(await answerTo(guest, { action: 'onMessage', token, message, channel: { metadata: { customAttributes: { k: 'v'.repeat(2048) } } } })).toMatchObject({ code: 4013 })
  expect(await answerTo(guest, { action: 'configureSession', token: '00000000-0000-0000-0000-000000000000', deploymentId: edge.deployment.id })).toMatchObject({ code: 400, body: expect.stringContaining('guessed') })
})

test('a guest over its rate is told when to come back, and what it sent in time is kept', async () => {
  await using edge = await openGuestEdge({ limits: { ...generous, messagesPerSecond: 2 } })
  const guest = await edge.guest()
  await guest.configure()

  const answers = [await guest.say('one'), await guest.say('two'), await guest.say('three')]
  edge.world.clock.advance(seconds(1))
  const later = await guest.say('three')

  expect(answers.map((frame) => frame.code)).toEqual([200, 200, 429])
  expect(answers[2]).toMatchObject({ class: 'TooManyRequestsErrorMessage', body: { retryAfter: 1, errorCode: 4029 } })
  expect(later.code).toBe(200)
})

test('a flood that heeds no refusal is cut off', async () => {
  await using edge = await openGuestEdge({ limits: { ...generous, requestsPerMinute: 10 } })
  const guest = await edge.guest()

  for (let count = 0; count < 200; count += 1) guest.send('{"action":"echo"}')

  expect(await guest.closed).toBe(1006)
})

test('a frame too large and one that is no UTF-8 close the socket with their codes', async () => {
  await using edge = await openGuestEdge()
  const [large, broken] = [await edge.guest(), await edge.guest()]

  large.send('x'.repeat(70_000))
  broken.socket.send(Buffer.from([0xc3, 0x28]), { binary: false })

  expect(await large.closed).toBe(1009)
  expect(await broken.closed).toBe(1007)
})

test('a reader that does not read is dropped with bounded memory, and finds everything when it returns', async () => {
  await using edge = await openGuestEdge()
  const slow = await edge.guest()
  const session = await slow.configure({ beckon: { version: 1 } })
  const contactId = String(session.body.beckon?.['contactId'])
  const hello = await slow.say('hello')
  slow.socket.pause()

  let sent = 0
  while (edge.edge.connections > 0 && sent < 20_000) {
    await Promise.all(Array.from({ length: 50 }, () => edge.send(contactId, 'x'.repeat(4000))))
    sent += 50
    await turn()
  }
  const back = await edge.guest({ token: slow.token })
  await back.configure({ beckon: { version: 1, resume: { conversationId: hello.body['conversationId'], seq: hello.body['seq'], epoch: session.body.beckon?.['epoch'] } } })
  await back.next((frame) => frame.class === 'History' && frame.body['complete'] === true)

  const seqs = back.frames.filter((frame) => frame.class === 'History').flatMap((frame) => (frame.body['entities'] as { seq: number }[]).map((one) => one.seq))
  expect(sent).toBeLessThan(20_000)
  expect(seqs).toEqual(Array.from({ length: sent }, (_, index) => Number(hello.body['seq']) + 1 + index))
})

test('no frame whatever takes the server down, or leaves a socket without answers', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  const action = fc.constantFrom(...Object.keys(guestRequests).filter((name) => name !== 'closeSession'), 'onAttachment', 'nonsense')
  const request = fc.record({ action, token: fc.constantFrom(guest.token, 'x'), message: fc.jsonValue(), conversationId: fc.jsonValue(), beforeSeq: fc.jsonValue(), seenSeq: fc.jsonValue(), deploymentId: fc.constantFrom('x', edge.deployment.id), beckon: fc.jsonValue(), tracingId: fc.jsonValue() }, { requiredKeys: ['action'] })
  const frame = fc.oneof(fc.string(), fc.json(), request.map((one) => JSON.stringify(one)))

  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 10 }), async (frames) => {
      for (const one of frames) guest.send(one)
      await guest.settle()
      expect(edge.errors).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('a flood of acks is cut off too, after many more than any page has to send', async () => {
  await using edge = await openGuestEdge({ limits: { ...generous, requestsPerMinute: 10 } })
  const guest = await edge.guest()
  const session = await guest.configure({ beckon: { version: 1 } })
  const contactId = toId<'contact'>(String(session.body.beckon?.['contactId']))
  const sent = await edge.send(contactId, 'hello')
  const ack = (seenSeq: number): object => ({ action: 'acknowledge', token: guest.token, conversationId: sent.message.conversationId, seenSeq })

  for (let count = 0; count < 50; count += 1) guest.send(ack(2))
  await guest.settle()
  const open = guest.socket.readyState
  for (let count = 0; count < 400; count += 1) guest.send(ack(2))

  expect(open).toBe(WebSocket.OPEN)
  expect(await guest.closed).toBe(1006)
})

test('a socket that configures twice at once acts for the last person only, and counts once', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  const configure = (tracingId: string, token: string): void =>
    guest.send({ action: 'configureSession', deploymentId: edge.deployment.id, token, tracingId, beckon: { version: 1 } })
  const contactOf = ({ body }: Frame): ContactId => toId(String(body.beckon?.['contactId']))

  guest.cork(() => {
    configure('one', edge.world.secrets.generateToken())
    configure('two', guest.token)
    configure('three', guest.token)
  })
  const first = contactOf(await guest.next((frame) => frame.tracingId === 'one'))
  const last = contactOf(await guest.next((frame) => frame.tracingId === 'three'))
  const { presence } = edge.world

  expect([presence.connections(first), presence.connections(last)]).toEqual([0, 1])
  guest.socket.terminate()
  await edge.isEmpty()
  expect(presence.connections(last)).toBe(0)
})

test('a message is acked although its sender has left the session when it is stored', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  guest.cork(() => {
    guest.send({ action: 'onMessage', token: guest.token, tracingId: 'last words', message: { type: 'Text', text: 'bye' } })
    guest.send({ action: 'closeSession', token: guest.token, tracingId: 'bye', closeAllConnections: true })
  })
  await guest.next((frame) => frame.tracingId === 'bye')
  await guest.settle()

  expect(guest.frames).toContainEqual(expect.objectContaining({ class: 'StructuredMessage', tracingId: 'last words' }))
})
