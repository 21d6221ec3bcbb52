import { expect, test } from 'vitest'
import { guestStage, textsOf } from './testing/guest-stage.ts'

test('received messages are acknowledged as delivered, a burst in one frame', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)

  server.say('one')
  server.say('two')
  server.say('three')
  await time.pass(200)

  expect(server.requestsOf('acknowledge')).toMatchObject([{ conversationId: 'conversation-0', deliveredSeq: 3 }])
})

test('acknowledgements of a lively conversation are at least a second apart', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)

  for (let said = 0; said < 50; said += 1) {
    server.say('again')
    await time.pass(100)
  }
  await time.pass(1000)

  expect(server.requestsOf('acknowledge').length).toBeLessThanOrEqual(7)
  expect(server.requestsOf('acknowledge').at(-1)).toMatchObject({ deliveredSeq: 50 })
})

test('a guest who leaves tells at once what was seen', async () => {
  const { server, time, guest } = guestStage()
  server.say('Hello')
  guest.connect()
  await time.pass(1)

  guest.markSeen()
  guest.leave()
  await time.pass(0)

  expect(server.requestsOf('acknowledge')).toMatchObject([{ seenSeq: 1 }])
})

test('what is seen on one tab is read on the other', async () => {
  const { server, time, guest, anotherTab } = guestStage()
  const other = anotherTab()
  server.say('Hello')
  guest.connect()
  other.connect()
  await time.pass(1)
  expect([guest.state().unread, other.state().unread]).toEqual([1, 1])

  guest.markSeen()
  expect(guest.state().unread).toBe(0)
  await time.pass(200)

  expect(other.state().unread).toBe(0)
})

test('what is dismissed on one tab is dismissed on the other', async () => {
  const { server, time, guest, anotherTab } = guestStage()
  const other = anotherTab()
  server.say('Still interested?', { proactive: true })
  guest.connect()
  other.connect()
  await time.pass(1)

  guest.dismiss()
  await time.pass(200)

  expect(other.state().threads[0]?.guest.dismissedSeq).toBe(1)
  expect(other.state().unread).toBe(1)
})

test('an acknowledgement that may have been lost is repeated on the next connection', async () => {
  const { server, time, guest } = guestStage()
  server.say('Hello')
  guest.connect()
  await time.pass(1)
  server.rules.copies = () => 0
  server.rules.intercept = () => ({})
  guest.markSeen()
  await time.pass(200)
  const lost = server.requestsOf('acknowledge').length

  server.rules.copies = () => 1
  server.rules.intercept = () => undefined
  server.cut()
  await time.pass(3000)

  expect(server.requestsOf('acknowledge').slice(lost)).toMatchObject([{ seenSeq: 1 }])
})

test('typing is told at most once in five seconds', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)

  for (let key = 0; key < 100; key += 1) {
    guest.typing()
    await time.pass(100)
  }

  expect(server.requestsOf('onMessage')).toHaveLength(2)
})

test('somebody typing is shown until they stop or their message is here', async () => {
  const { server, time, guest } = guestStage()
  const typing = { eventType: 'Typing', typing: { type: 'On', duration: 4000 } }
  const body = { type: 'Event', direction: 'Outbound', events: [typing], channel: { from: { nickname: 'Mira' } } }
  guest.connect()
  await time.pass(1)

  server.push('StructuredMessage', body)
  await time.pass(3000)
  expect(guest.state().typing).toEqual({ name: 'Mira' })
  await time.pass(1001)
  expect(guest.state().typing).toBeUndefined()
  server.push('StructuredMessage', body)
  server.say('Here it is')
  await time.pass(1)

  expect(guest.state().typing).toBeUndefined()
})

test('older entries are fetched page by page until the first one', async () => {
  const { server, time, guest } = guestStage()
  for (let said = 1; said <= 120; said += 1) server.say(String(said))
  guest.connect()
  await time.pass(1)
  expect(guest.state().threads[0]).toMatchObject({ hasOlder: true })
  expect(textsOf(guest)[0]).toBe('71')

  await guest.loadOlder()
  await guest.loadOlder()

  expect(guest.state().threads[0]).toMatchObject({ hasOlder: false })
  expect(textsOf(guest)).toEqual(Array.from({ length: 120 }, (_, at) => String(at + 1)))
})

test('a page that is refused is not asked for again at once', async () => {
  const { server, time, guest } = guestStage()
  for (let said = 1; said <= 60; said += 1) server.say(String(said))
  guest.connect()
  await time.pass(1)
  server.rules.intercept = ({ action, tracingId }) =>
    action === 'history'
      ? {
          class: 'TooManyRequestsErrorMessage',
          code: 429,
          body: { retryAfter: 6, errorMessage: 'slow down' },
          tracingId,
        }
      : undefined

  expect([await guest.loadOlder(), await guest.loadOlder()]).toEqual([false, false])
  expect(server.requestsOf('history')).toHaveLength(1)
  server.rules.intercept = () => undefined
  await time.pass(6000)

  expect(await guest.loadOlder()).toBe(true)
})

test('a page that is lost on the way does not leave the guest waiting', async () => {
  const { server, time, guest } = guestStage()
  for (let said = 1; said <= 60; said += 1) server.say(String(said))
  guest.connect()
  await time.pass(1)
  server.rules.copies = () => 0

  const page = guest.loadOlder()
  server.cut()

  expect(await page).toBe(false)
})

test('a message taken back by the business is shown as taken back', async () => {
  const { server, time, guest } = guestStage()
  const entry = server.say('Wrong window')
  guest.connect()
  await time.pass(1)

  server.push('StructuredMessage', { ...entry, text: '', withdrawn: true })
  await time.pass(1)

  expect(guest.state()).toMatchObject({ unread: 0 })
  expect(guest.state().threads[0]?.entries).toMatchObject([{ withdrawn: true, text: '' }])
})

test('when the server has lost its memory, the guest starts over with what there is', async () => {
  const { server, time, guest } = guestStage()
  server.say('one')
  guest.connect()
  await time.pass(1)

  server.rules.epoch = 'e2'
  server.startLinked()
  server.say('another world')
  server.cut()
  await time.pass(3000)

  expect(textsOf(guest)).toEqual(['another world'])
})
