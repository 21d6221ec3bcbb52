import { days, seconds, toId } from '@beckon/core'
import { expect, test } from 'vitest'
import { openGuestEdge, type Frame, type TestGuest } from './testing/guest-edge.ts'

const withAdditions = { beckon: { version: 1 } }
const classes = (guest: TestGuest): readonly string[] => guest.frames.map((frame) => frame.class)
const idOf = (frame: Frame, name: 'contactId' | 'sessionId'): string => String(frame.body.beckon?.[name])
const textsOf = (history: Frame): unknown[] => (history.body['entities'] as { text?: string }[]).map((one) => one.text ?? 'event')

test('a new browser begins a session, and the same token resumes it', async () => {
  await using edge = await openGuestEdge()
  const first = await edge.guest()
  const second = await edge.guest({ token: first.token })

  const began = await first.configure()
  const resumed = await second.configure()

  expect(began).toMatchObject({ type: 'response', class: 'SessionResponse', code: 200, body: { connected: true, newSession: true, readOnly: false, durationSeconds: 259_200 } })
  expect(resumed.body['newSession']).toBe(false)
  expect(began.body.beckon).toBeUndefined()
})

test('the ack of a message is its Inbound copy with tracingId and metadata untouched, on every tab', async () => {
  await using edge = await openGuestEdge()
  const [one, two] = [await edge.guest(), await edge.guest()]
  const other = await edge.guest({ token: one.token })
  await Promise.all([one.configure(), two.configure(), other.configure()])

  one.send({ action: 'onMessage', token: one.token, tracingId: 'mine', message: { type: 'Text', text: 'Where is parcel 77?', metadata: { customMessageId: 'x' } } })
  const ack = await one.next((frame) => frame.tracingId === 'mine')
  const copy = await other.next((frame) => frame.tracingId === 'mine')
  await two.settle()

  expect(ack).toMatchObject({ type: 'message', class: 'StructuredMessage', code: 200, body: { type: 'Text', text: 'Where is parcel 77?', direction: 'Inbound', metadata: { customMessageId: 'x' }, originatingEntity: 'Human' } })
  expect(copy).toEqual(ack)
  expect(classes(two)).not.toContain('Conversation')
  expect(two.frames.some((frame) => frame.tracingId === 'mine')).toBe(false)
})

test('a message repeated under its client id after a lost answer is one message', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  const first = await guest.say('once', { clientId: 'c-1' })
  const again = await guest.say('once', { clientId: 'c-1' })

  expect(again.body['id']).toBe(first.body['id'])
  expect(again.body['seq']).toBe(first.body['seq'])
})

test('a returning guest with a position is sent exactly what is missing', async () => {
  await using edge = await openGuestEdge()
  const before = await edge.guest()
  const session = await before.configure(withAdditions)
  const hello = await before.say('hello')
  before.socket.terminate()
  await edge.isEmpty()
  await edge.send(idOf(session, 'contactId'), 'one')
  await edge.send(idOf(session, 'contactId'), 'two')

  const after = await edge.guest({ token: before.token })
  const resume = { conversationId: hello.body['conversationId'], seq: hello.body['seq'], epoch: session.body.beckon?.['epoch'] }
  const response = await after.configure({ beckon: { version: 1, resume } })
  const history = await after.next('History')

  expect(response.body.beckon).toMatchObject({ resumed: true })
  expect(history.body).toMatchObject({ complete: true, reset: false, hasOlder: true })
  expect(textsOf(history)).toEqual(['one', 'two'])
})

test('a position of another epoch is answered with a reset and the last entries', async () => {
  await using edge = await openGuestEdge()
  const before = await edge.guest()
  await before.configure(withAdditions)
  const hello = await before.say('hello')

  const after = await edge.guest({ token: before.token })
  const response = await after.configure({ beckon: { version: 1, resume: { conversationId: hello.body['conversationId'], seq: 1, epoch: 'of-another-database' } } })
  const history = await after.next('History')

  expect(response.body.beckon).toMatchObject({ resumed: false })
  expect(history.body).toMatchObject({ reset: true, hasOlder: false })
  expect(textsOf(history)).toEqual(['event', 'hello'])
})

test('a fourth tab of one token is let in, and the oldest is told to close', async () => {
  await using edge = await openGuestEdge()
  const oldest = await edge.guest()
  await oldest.configure()
  const others = await Promise.all([1, 2, 3].map(() => edge.guest({ token: oldest.token })))
  for (const tab of others) await tab.configure()

  const farewell = await oldest.next('ConnectionClosedEvent')
  edge.world.clock.advance(seconds(5))

  expect(farewell.body).toEqual({})
  expect(await oldest.closed).toBe(1000)
  for (const tab of others) await tab.settle()
})

test('a closed conversation is told to every client, and goes on under the same id when the guest writes', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('hello')
  const { id } = await edge.conversationOf(guest)

  await edge.close(id)
  const ended = await guest.next((frame) => frame.body['type'] === 'Event')
  await guest.say('one more thing')

  expect(ended.body).toMatchObject({ type: 'Event', direction: 'Outbound', events: [{ eventType: 'Presence', presence: { type: 'Disconnect' } }], metadata: { readOnly: 'false' } })
  expect((await edge.conversationOf(guest)).id).toBe(id)
})

test('where guests may not write after the close, the frame, the refusal and the next session all say read-only', async () => {
  await using edge = await openGuestEdge({ guestWritesAfterClose: 'readOnly' })
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('hello')

  await edge.close((await edge.conversationOf(guest)).id)
  const ended = await guest.next((frame) => frame.body['type'] === 'Event')
  const refused = await guest.say('anyone?')
  const reconnected = await (await edge.guest({ token: guest.token })).configure()

  expect(ended.body['metadata']).toEqual({ readOnly: 'true' })
  expect(refused).toMatchObject({ class: 'string', code: 409, body: 'Session is read-only, no new messages allowed' })
  expect(reconnected.body).toMatchObject({ newSession: false, readOnly: true })
})

test('a new chat begins on the same socket after the old session is closed', async () => {
  await using edge = await openGuestEdge({ guestWritesAfterClose: 'readOnly' })
  const guest = await edge.guest()
  const other = await edge.guest({ token: guest.token })
  await guest.configure()
  await other.configure()
  await guest.say('hello')
  const old = await edge.conversationOf(guest)
  await edge.close(old.id)

  guest.send({ action: 'closeSession', token: guest.token, tracingId: 'bye', closeAllConnections: true })
  const detached = await guest.next((frame) => frame.tracingId === 'bye')
  await other.next('ConnectionClosedEvent')
  const fresh = await guest.configure({ startNew: true })
  await guest.say('a new matter')

  expect(detached.body).toMatchObject({ connected: false, readOnly: true })
  expect(fresh.body).toMatchObject({ connected: true, newSession: true, readOnly: false })
  expect((await edge.conversationOf(guest)).id).not.toBe(old.id)
})

test('clearing acks, then says cleared, then closed, and severs the browser from the person', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  const session = await guest.configure(withAdditions)
  await guest.say('private matter')

  guest.send({ action: 'onMessage', token: guest.token, tracingId: 'clear', message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type: 'Clear' } }] } })
  await guest.next('ConnectionClosedEvent')
  const order = guest.frames.filter((frame) => frame.tracingId === 'clear' || frame.class.startsWith('SessionCleared') || frame.class.startsWith('ConnectionClosed'))
  const returned = await (await edge.guest({ token: guest.token })).configure(withAdditions)

  expect(order.map((frame) => frame.class)).toEqual(['StructuredMessage', 'SessionClearedEvent', 'ConnectionClosedEvent'])
  expect(returned.body['newSession']).toBe(true)
  expect(idOf(returned, 'contactId')).not.toBe(idOf(session, 'contactId'))
})

test('clearing that is switched off is refused by its name, and changes nothing', async () => {
  await using edge = await openGuestEdge({ clearEnabled: false })
  const guest = await edge.guest()
  await guest.configure()

  guest.send({ action: 'onMessage', token: guest.token, tracingId: 'clear', message: { type: 'Event', events: [{ eventType: 'Presence', presence: { type: 'Clear' } }] } })
  const refused = await guest.next((frame) => frame.tracingId === 'clear')

  expect(refused).toMatchObject({ class: 'string', code: 403, body: expect.stringContaining('Conversation Clear') })
  await guest.say('still here')
})

test('an expired session is announced, ends, and leads to the same person and what waits for them', async () => {
  await using edge = await openGuestEdge({ sessionDuration: seconds(100) })
  const guest = await edge.guest()
  const session = await guest.configure(withAdditions)
  await guest.say('hello')
  await guest.settle()

  await edge.pass(seconds(90))
  const notice = await guest.next('SessionExpiring')
  edge.world.clock.advance(seconds(11))
  await edge.keepAppointments()
  await guest.next('SessionExpiredEvent')
  const refused = await guest.say('too late')
  await edge.send(idOf(session, 'contactId'), 'we have news')
  const renewed = await guest.configure(withAdditions)
  const history = await guest.next((frame) => frame.class === 'History' && textsOf(frame).includes('we have news'))

  expect(notice.body['expiresAt']).toMatch(/Z$/)
  expect(refused.code).toBe(4006)
  expect(renewed.body['newSession']).toBe(true)
  expect(idOf(renewed, 'contactId')).toBe(idOf(session, 'contactId'))
  expect(idOf(renewed, 'sessionId')).not.toBe(idOf(session, 'sessionId'))
  expect(textsOf(history)).toEqual(['event', 'hello', 'we have news'])
})

test.each([
  { afterExpiry: 'unreadOnly' as const, sees: ['we have news'], isSamePerson: true },
  { afterExpiry: 'forget' as const, sees: undefined, isSamePerson: false },
])('after expiry under $afterExpiry a browser sees $sees', async ({ afterExpiry, sees, isSamePerson }) => {
  await using edge = await openGuestEdge({ sessionDuration: seconds(100), afterExpiry })
  const guest = await edge.guest()
  const session = await guest.configure(withAdditions)
  const hello = await guest.say('hello')
  guest.send({ action: 'acknowledge', token: guest.token, conversationId: hello.body['conversationId'], seenSeq: hello.body['seq'] })
  await guest.next('Receipt')
  guest.socket.terminate()
  await edge.isEmpty()
  await edge.send(idOf(session, 'contactId'), 'we have news')

  edge.world.clock.advance(days(1))
  const back = await edge.guest({ token: guest.token })
  const renewed = await back.configure(withAdditions)
  await back.settle()

  const histories = back.frames.filter((frame) => frame.class === 'History')
  expect(histories[0] && textsOf(histories[0])).toEqual(sees)
  expect(idOf(renewed, 'contactId') === idOf(session, 'contactId')).toBe(isSamePerson)
})

test('a client without additions gets on return what it missed, and that counts as delivered', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('hello')
  guest.socket.terminate()
  await edge.isEmpty()
  const session = await edge.world.store.sessionByToken(edge.deployment.id, edge.world.secrets.hash(guest.token))
  const sent = await edge.send(String(session?.contactId), 'are you there?')

  const back = await edge.guest({ token: guest.token })
  await back.configure()
  const missed = await back.next((frame) => frame.body['text'] === 'are you there?')
  edge.world.clock.advance(seconds(1))
  await expect.poll(async () => (await edge.world.store.proactiveByMessage(toId(String(sent.message.messageId))))?.status).toBe('delivered')

  expect(missed.body['direction']).toBe('Outbound')
  expect(sent.message.deliveries).toMatchObject([{ route: 'live', status: 'waiting' }])
})

test('seen and dismissed marks reach every tab, and settle the delivery', async () => {
  await using edge = await openGuestEdge()
  const [tab, other] = [await edge.guest(), await edge.guest()]
  const session = await tab.configure(withAdditions)
  const twin = await edge.guest({ token: tab.token })
  await twin.configure(withAdditions)
  await other.configure(withAdditions)
  const sent = await edge.send(idOf(session, 'contactId'), 'news')
  const news = await tab.next((frame) => frame.body['text'] === 'news')

  tab.send({ action: 'acknowledge', token: tab.token, conversationId: news.body['conversationId'], seenSeq: news.body['seq'], dismissedSeq: news.body['seq'] })
  const receipt = await twin.next('Receipt')

  expect(receipt.body).toMatchObject({ by: 'guest', seenSeq: news.body['seq'], dismissedSeq: news.body['seq'] })
  expect((await edge.world.store.proactiveByMessage(toId(String(sent.message.messageId))))?.deliveries).toMatchObject([{ status: 'seen' }])
  expect(classes(other)).not.toContain('Receipt')
})

test('older entries are read page by page, and never another person’s', async () => {
  await using edge = await openGuestEdge()
  const [guest, stranger] = [await edge.guest(), await edge.guest()]
  await guest.configure(withAdditions)
  await stranger.configure(withAdditions)
  const hello = await guest.say('first')
  await guest.say('second')
  const asked = { action: 'history', conversationId: hello.body['conversationId'], beforeSeq: 3, limit: 1 }

  guest.send({ ...asked, token: guest.token, tracingId: 'mine' })
  stranger.send({ ...asked, token: stranger.token, tracingId: 'theirs' })
  const mine = await guest.next((frame) => frame.tracingId === 'mine')
  const theirs = await stranger.next((frame) => frame.tracingId === 'theirs')

  expect(textsOf(mine)).toEqual(['first'])
  expect(mine.body['hasOlder']).toBe(true)
  expect(theirs.body['entities']).toEqual([])
})

test('the history by REST needs the token of getJwt, is newest first, and ends with an empty page', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('one')
  await guest.say('two')
  guest.send({ action: 'getJwt', token: guest.token, tracingId: 'jwt' })
  const { body } = await guest.next('JwtResponse')
  const read = async (page: number, jwt = String(body['jwt'])): Promise<Response> =>
    fetch(`${edge.url}/api/v2/webmessaging/messages?pageNumber=${String(page)}&pageSize=1`, { headers: { authorization: `bearer ${jwt}` } })

  const pages = (await Promise.all([1, 2, 3].map(async (page) => (await read(page)).json()))) as { entities: { text: string }[]; total: number; pageCount: number }[]
  const forged = await read(1, `${String(body['jwt'])}x`)
  edge.world.clock.advance(seconds(61))
  const late = await read(1)

  expect(pages.map((page) => page.entities.map((one) => one.text))).toEqual([['two'], ['one'], []])
  expect(pages[0]).toMatchObject({ total: 2, pageCount: 2 })
  expect([forged.status, late.status]).toEqual([401, 401])
})

test('the upgrade is refused for ever where it can never succeed, and for now where it can', async () => {
  await using edge = await openGuestEdge({ allowedDomains: ['shop.example'], limits: { connectionsPerMinute: 3 } })

  const attempt = (given: object): Promise<string> => edge.guest(given).then(() => 'open', (error: Error) => error.message)

  expect(await attempt({ deploymentId: 'unknown' })).toBe('403')
  expect(await attempt({ origin: 'https://evil.example' })).toBe('403')
  expect(await attempt({ origin: 'https://shop.example.evil.example' })).toBe('403')
  expect(await attempt({ origin: 'https://www.shop.example:8443' })).toBe('open')
  expect(await attempt({ origin: 'shop.example' })).toBe('open')
  expect(await attempt({})).toBe('open')
  expect(await attempt({})).toBe('429')
})

test('draining drops sockets without a Close frame, so that clients come back, and lets nobody in', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()

  edge.edge.drain()

  expect(await guest.closed).toBe(1006)
  await expect(edge.guest()).rejects.toThrow('503')
})

test('the configuration a client loads first is complete', async () => {
  await using edge = await openGuestEdge({ guestWritesAfterClose: 'readOnly', looks: { primaryColor: '#123456' } })

  const config: unknown = await (await fetch(`${edge.url}/webdeployments/v1/deployments/${edge.deployment.id}/config.json`)).json()
  const domains: unknown = await (await fetch(`${edge.url}/webdeployments/v1/deployments/${edge.deployment.id}/domains.json`)).json()
  const unknown = await fetch(`${edge.url}/webdeployments/v1/deployments/none/config.json`)

  expect(config).toMatchObject({
    version: '1',
    status: 'Active',
    messenger: { styles: { primaryColor: '#123456' }, apps: { conversations: { messagingEndpoint: 'wss://chat.example', conversationDisconnect: { enabled: true, type: 'ReadOnly' } } } },
  })
  expect(domains).toEqual({ allowAllDomains: true, allowedDomains: [] })
  expect(unknown.status).toBe(403)
})

test('agents who type are shown to the guest, and guests who type to the business', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  const session = await guest.configure(withAdditions)
  const hello = await guest.say('hello')
  const thread = { contactId: toId<'contact'>(idOf(session, 'contactId')), conversationId: toId<'conversation'>(String(hello.body['conversationId'])), deploymentId: edge.deployment.id }

  edge.world.bus.publish({ kind: 'typing', typing: { ...thread, by: 'agent', on: true, name: 'Ana' } })
  const typing = await guest.next((frame) => JSON.stringify(frame).includes('Typing'))
  guest.send({ action: 'onMessage', token: guest.token, message: { type: 'Event', events: [{ eventType: 'Typing', typing: { type: 'On' } }] } })
  await guest.settle()

  expect(typing.body).toMatchObject({ type: 'Event', events: [{ eventType: 'Typing', typing: { type: 'On', duration: 5000 } }], channel: { from: { nickname: 'Ana' } } })
  expect(edge.world.bus.heard).toContainEqual({ kind: 'typing', typing: { ...thread, by: 'guest', on: true } })
})
