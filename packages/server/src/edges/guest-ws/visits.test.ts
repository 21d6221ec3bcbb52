import { minutes } from '@beckon/core'
import { expect, test } from 'vitest'
import { openGuestEdge, type Frame, type TestGuest } from './testing/guest-edge.ts'

const attributes = (customAttributes: object): object => ({ metadata: { customAttributes } })
const presence = (type: string, more: object = {}): object => ({ action: 'onMessage', message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type } }], ...more } })

function tell(guest: TestGuest, tracingId: string, request: object): Promise<Frame> {
  guest.send({ token: guest.token, tracingId, ...request })
  return guest.next((frame) => frame.tracingId === tracingId)
}

test('what the page says about the visit is kept from both of its places, and outlives the connection', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  await guest.say('hello', { message: { type: 'Text', text: 'hello', channel: attributes({ tier: 'gold', page: '/' }) }, channel: attributes({ page: 'ignored', cart: '3' }) })
  guest.socket.terminate()
  await edge.isEmpty()
  const back = await edge.guest({ token: guest.token })
  await back.configure()
  await back.say('me again')

  expect((await edge.conversationOf(back)).customAttributes).toEqual({ tier: 'gold', page: '/', cart: '3' })
})

test('what the page says too much of is refused with its code, with the arrival too, and nothing of it is kept', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  const tooMuch = attributes({ é: 'x'.repeat(2047) })
  const enough = attributes({ é: 'x'.repeat(2046) })

  const message = await guest.say('x', { message: { type: 'Text', text: 'x', channel: tooMuch } })
  const arrival = await tell(guest, 'join', presence('Join', { channel: tooMuch }))
  const inOtherPlace = await guest.say('x', { channel: tooMuch })
  const fits = await guest.say('x', { channel: enough })

  expect([message, arrival, inOtherPlace]).toMatchObject(Array.from({ length: 3 }, () => ({ code: 4013, body: 'Custom Attributes in channel metadata is larger than 2048 bytes' })))
  expect(fits.code).toBe(200)
  expect(Object.keys((await edge.conversationOf(guest)).customAttributes ?? {})).toEqual(['é'])
})

test('a guest who arrives begins the conversation, and every tab sees the same arrival, live and in the history', async () => {
  await using edge = await openGuestEdge({ autoStart: true })
  const guest = await edge.guest()
  const tab = await edge.guest({ token: guest.token })
  await guest.configure()
  await tab.configure()

  const ack = await tell(guest, 'join', presence('Join', { channel: attributes({ tier: 'gold' }) }))
  const copy = await tab.next((frame) => frame.tracingId === 'join')
  await guest.say('hello')
  const { body } = await tell(guest, 'jwt', { action: 'getJwt' })
  const history = (await (await fetch(`${edge.url}/api/v2/webmessaging/messages`, { headers: { authorization: `bearer ${String(body['jwt'])}` } })).json()) as { entities: object[]; total: number }

  expect(ack).toMatchObject({ type: 'message', class: 'StructuredMessage', code: 200, body: { type: 'Event', direction: 'Inbound', events: [{ eventType: 'Presence', presence: { type: 'Join' } }] } })
  expect(copy).toEqual(ack)
  expect(history.total).toBe(2)
  expect(history.entities[1]).toEqual(ack.body)
  expect((await edge.conversationOf(guest)).customAttributes).toEqual({ tier: 'gold' })
})

test('a second arrival is acknowledged to every tab, and changes nothing', async () => {
  await using edge = await openGuestEdge({ autoStart: true })
  const guest = await edge.guest()
  const tab = await edge.guest({ token: guest.token })
  await guest.configure()
  await tab.configure()
  await guest.say('hello')
  const before = await edge.conversationOf(guest)

  const ack = await tell(guest, 'join', presence('Join', { metadata: { customMessageId: 'x' } }))
  const copy = await tab.next((frame) => frame.tracingId === 'join')

  expect(ack.body).toMatchObject({ direction: 'Inbound', events: [{ presence: { type: 'Join' } }], metadata: { customMessageId: 'x' } })
  expect(copy).toEqual(ack)
  expect(await edge.conversationOf(guest)).toEqual(before)
})

test('a presence that is not a guest’s to tell is refused, and events of other products pass unanswered', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  const refused = await tell(guest, 'bye', presence('Disconnect'))
  guest.send({ action: 'onMessage', token: guest.token, message: { type: 'Event', events: [{ eventType: 'CoBrowse', coBrowse: {} }, { eventType: 'Typing', typing: { type: 'On' } }] } })
  await guest.settle()

  expect(refused).toMatchObject({ class: 'string', code: 403, body: 'Presence events Disconnect are not supported' })
  expect(guest.frames).toHaveLength(3)
})

test('clearing is told to every tab as acknowledged, then cleared, then closed, also when nothing more may be written', async () => {
  await using edge = await openGuestEdge({ guestWritesAfterClose: 'readOnly' })
  const guest = await edge.guest()
  const tab = await edge.guest({ token: guest.token })
  await guest.configure()
  await tab.configure()
  await guest.say('private')
  await edge.close((await edge.conversationOf(guest)).id)

  guest.send({ token: guest.token, tracingId: 'clear', ...presence('Clear') })
  await Promise.all([guest.next('ConnectionClosedEvent'), tab.next('ConnectionClosedEvent')])

  const ending = (one: TestGuest): readonly unknown[] => one.frames.slice(-3).map((frame) => [frame.class, frame.code, frame.tracingId])
  expect(ending(guest)).toEqual([['StructuredMessage', 200, 'clear'], ['SessionClearedEvent', 200, undefined], ['ConnectionClosedEvent', 200, undefined]])
  expect(ending(tab)).toEqual(ending(guest))
})

test('clearing a session that has ended is refused, and is not acknowledged', async () => {
  await using edge = await openGuestEdge({ sessionDuration: minutes(1) })
  const guest = await edge.guest()
  await guest.configure()
  await edge.pass(minutes(2))

  const refused = await tell(guest, 'clear', presence('Clear'))
  await guest.settle()

  expect(refused).toMatchObject({ class: 'string', code: 4006 })
  expect(guest.frames.filter((frame) => frame.tracingId === 'clear')).toHaveLength(1)
})

test('clients that did not ask for additions get nothing but the protocol’s own words', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  const ack = await guest.say('hello', { clientId: 'c-1' })
  await edge.close((await edge.conversationOf(guest)).id)
  const ended = await guest.next((frame) => frame.body['type'] === 'Event')

  expect(Object.keys(ack.body).toSorted()).toEqual(['channel', 'direction', 'id', 'originatingEntity', 'text', 'type'])
  expect(Object.keys(ended.body).toSorted()).toEqual(['channel', 'direction', 'events', 'id', 'metadata', 'originatingEntity', 'type'])
})

test('what is said right behind configureSession waits for the session, and is said in its order', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  const speak = (text: string): object => ({ action: 'onMessage', token: guest.token, tracingId: text, message: { type: 'Text', text } })

  guest.cork(() => {
    guest.send({ action: 'configureSession', deploymentId: edge.deployment.id, token: guest.token, tracingId: 'configure' })
    guest.send(speak('first'))
    guest.send(speak('second'))
  })
  await guest.next((frame) => frame.tracingId === 'second')

  expect(guest.frames.map(({ tracingId, code }) => [tracingId, code])).toEqual([['configure', 200], ['first', 200], ['second', 200]])
})
