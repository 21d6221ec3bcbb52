import { expect, test } from 'vitest'
import { memoryOutbox, type GuestOutbox } from './outbox.ts'
import { entriesOf, guestStage, textsOf } from '../testing/guest-stage.ts'

test('a message is sending until the server has stored it, then it is an entry', async () => {
  const { time, guest } = guestStage()
  guest.connect()
  await time.pass(1)

  const sending = guest.send('Where is parcel 77?')
  expect(guest.state().pending).toMatchObject([{ clientId: sending.clientId, status: 'sending' }])
  const entry = await sending.entry

  expect(entry).toMatchObject({ seq: 1, direction: 'inbound', text: 'Where is parcel 77?' })
  expect(guest.state().pending).toEqual([])
})

test('messages written without a connection go out later, in the order they were written', async () => {
  const { server, time, guest } = guestStage()
  server.rules.isUp = false
  guest.connect()
  guest.send('one')
  guest.send('two')
  guest.send('three')
  await time.pass(10_000)
  expect(guest.state().pending.map((message) => message.status)).toEqual(['waiting', 'waiting', 'waiting'])

  server.rules.isUp = true
  await time.pass(30_000)

  expect(textsOf(guest)).toEqual(['one', 'two', 'three'])
})

test('an unsent message survives a reload and is stored once, though two tabs send it', async () => {
  const outbox = memoryOutbox()
  const { server, time, guest, anotherTab } = guestStage({ outbox })
  guest.send('do not lose me')
  await time.pass(1)

  const [first, second] = [anotherTab(), anotherTab()]
  first.connect()
  second.connect()
  await time.pass(5000)

  expect(server.log.map((entry) => entry['text'])).toEqual(['do not lose me'])
  expect([first, second].map((tab) => tab.state().pending)).toEqual([[], []])
  expect(await outbox.load()).toEqual([])
})

test('a message whose acknowledgement was lost is stored once', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)
  server.rules.copies = () => 0

  guest.send('once')
  await time.pass(0)
  server.cut()
  server.rules.copies = () => 1
  await time.pass(5000)

  expect(server.log).toHaveLength(1)
  expect(textsOf(guest)).toEqual(['once'])
  expect(guest.state().pending).toEqual([])
})

test('an acknowledgement that never comes ends the connection, not the message', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)
  server.rules.copies = () => 0

  guest.send('patience')
  await time.pass(20_000)
  server.rules.copies = () => 1
  await time.pass(30_000)

  expect(textsOf(guest)).toEqual(['patience'])
})

test('a guest who is told to slow down waits as long as asked, and loses nothing', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)
  server.rules.intercept = ({ action, tracingId }) =>
    action === 'onMessage'
      ? {
          class: 'TooManyRequestsErrorMessage',
          code: 429,
          body: { retryAfter: 3, errorMessage: 'slow down' },
          tracingId,
        }
      : undefined

  guest.send('eager')
  await time.pass(1)
  server.rules.intercept = () => undefined
  guest.send('more')
  await time.pass(2900)
  expect(guest.state().pending).toMatchObject([{ status: 'waiting' }, { status: 'waiting' }])
  await time.pass(200)

  expect(textsOf(guest)).toEqual(['eager', 'more'])
  expect(server.requestsOf('onMessage')).toHaveLength(3)
})

test('a message refused for good says why, lets the next one pass, and can be tried again', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)
  server.rules.intercept = ({ tracingId, message }) =>
    JSON.stringify(message)?.includes('long')
      ? { class: 'string', code: 4011, body: 'Message length 5000 is larger than 4096', tracingId }
      : undefined

  const long = guest.send('long')
  guest.send('short')
  await time.pass(1)
  expect(guest.state().pending).toMatchObject([{ clientId: long.clientId, status: 'failed', problem: { code: 4011 } }])
  expect(textsOf(guest)).toEqual(['short'])
  await expect(long.entry).rejects.toThrow('4011')
  server.rules.intercept = () => undefined
  guest.retry(long.clientId)
  await time.pass(1)

  expect(textsOf(guest)).toEqual(['short', 'long'])
})

test('a message to an expired session is sent in the renewed one', async () => {
  const { server, time, guest } = guestStage()
  guest.connect()
  await time.pass(1)
  server.rules.intercept = ({ action, tracingId }) =>
    action === 'onMessage' ? { class: 'string', code: 4006, body: 'Session has expired', tracingId } : undefined

  guest.send('late')
  await time.pass(0)
  server.rules.intercept = () => undefined
  await time.pass(100)

  expect(textsOf(guest)).toEqual(['late'])
})

test('a discarded message is gone', async () => {
  const { server, time, guest } = guestStage()
  const sending = guest.send('never mind')

  guest.discard(sending.clientId)
  guest.connect()
  await time.pass(100)

  expect(server.log).toEqual([])
  await expect(sending.entry).rejects.toThrow('discarded')
})

test('storage that fails costs persistence, not the message', async () => {
  const broken: GuestOutbox = {
    load: () => Promise.reject(new Error('no storage')),
    put: () => Promise.reject(new Error('no storage')),
    remove: () => Promise.reject(new Error('no storage')),
  }
  const { time, guest } = guestStage({ outbox: broken })

  guest.connect()
  guest.send('still here')
  await time.pass(100)

  expect(textsOf(guest)).toEqual(['still here'])
})

test('a quick reply is answered with its text and payload', async () => {
  const { server, time, guest } = guestStage()
  const quickReply = { text: 'Yes please', payload: 'yes' }
  server.say('Shall I?', { content: [{ contentType: 'QuickReply', quickReply }] })
  guest.connect()
  await time.pass(1)

  const [question] = entriesOf(guest)
  expect(question?.quickReplies).toEqual([quickReply])
  if (question !== undefined) guest.answer(question, quickReply)
  await time.pass(1)

  expect(server.log.at(-1)).toMatchObject({
    text: 'Yes please',
    content: [{ buttonResponse: { payload: 'yes', type: 'QuickReply', originatingMessageId: question?.id } }],
  })
})

test.for([
  {
    answer: { type: 'ListPicker', text: 'Small, Blue', choices: [{ text: 'Small', payload: 's' }, { text: 'Blue', payload: 'b' }] },
    content: ['Small', 'Blue'].map((text) => ({ contentType: 'ButtonResponse', buttonResponse: { text, type: 'ListPicker' } })),
  },
  {
    answer: { type: 'Form', text: 'Thanks', cannedResponseId: 'c1', choices: [{ id: 'name', text: 'Ada', payload: 'Ada' }] },
    content: [{ contentType: 'Form', form: { cannedResponseId: 'c1', response: [{ id: 'name', component: { contentType: 'ButtonResponse', buttonResponse: { text: 'Ada', type: 'Form' } } }] } }],
  },
] as const)('what was chosen in a $answer.type is told with the question it answers', async ({ answer, content }) => {
  const { server, time, guest } = guestStage()
  server.say('Which?', { content: [{ contentType: answer.type }] })
  guest.connect()
  await time.pass(1)

  const [question] = entriesOf(guest)
  if (question !== undefined) guest.answer(question, answer)
  await time.pass(1)

  expect(server.log.at(-1)).toMatchObject({ text: answer.text, content })
  expect(JSON.stringify(server.log.at(-1))).toContain(`"originatingMessageId":"${String(question?.id)}"`)
})

test('several messages may be under way at once when a client asks for it', async () => {
  const { server, time, guest } = guestStage({ window: 3 })
  guest.connect()
  await time.pass(1)
  server.rules.copies = () => 0

  for (const text of ['1', '2', '3', '4']) guest.send(text)
  await time.pass(1)

  expect(guest.state().pending.map((message) => message.status)).toEqual(['sending', 'sending', 'sending', 'waiting'])
})

test('starting a new conversation leaves the old one behind', async () => {
  const { server, time, guest } = guestStage()
  server.say('old')
  guest.connect()
  await time.pass(1)

  guest.startNew()
  await time.pass(1)
  await guest.send('new').entry

  expect(server.requestsOf('configureSession').at(-1)).toMatchObject({ startNew: true })
  expect(textsOf(guest)).toEqual(['new'])
})

test('a linked conversation goes on below the one before', async () => {
  const { server, time, guest } = guestStage()
  server.say('old')
  guest.connect()
  await time.pass(1)

  server.startLinked()
  server.happen('started', 'guest')
  server.say('new')
  await time.pass(1)

  expect(guest.state().threads.map((thread) => thread.conversationId)).toEqual(['conversation-0', 'conversation-1'])
  expect(textsOf(guest)).toEqual(['old', '', 'new'])
})
