import { expect, test } from 'vitest'
import { openNodeSocket } from '../src/guest/connection/node-socket.ts'
import { createGuest, memoryTokenStore, type Guest } from '../src/index.ts'
import { startServer } from './running-server.ts'

function textsOf(guest: Guest): readonly string[] {
  return guest
    .state()
    .threads.flatMap((thread) => thread.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])))
}

test('a guest and a business talk, close, reopen, and meet again', { timeout: 60_000 }, async () => {
  await using server = await startServer()
  const { url, deploymentId, beckon } = server
  const tokens = memoryTokenStore()
  const guest = createGuest({ url, deploymentId, tokens })
  guest.connect()

  await guest.send('Where is parcel 77?').entry
  const { conversation } = await guest.until((state) => state.conversation !== undefined)
  const id = conversation?.id ?? ''
  await beckon.sendToConversation(id, { text: 'On its way.' })
  await guest.until((state) => state.unread === 1)
  guest.markSeen()
  await beckon.closeConversation(id)
  await guest.until((state) => state.conversation?.status === 'closed')
  guest.disconnect()
  await beckon.sendToConversation(id, { text: 'It has arrived.', proactive: true })

  const returned = createGuest({ url, deploymentId, tokens })
  returned.connect()
  await returned.until((state) => state.caughtUp)

  expect(textsOf(returned)).toEqual(['Where is parcel 77?', 'On its way.', 'It has arrived.'])
  expect(returned.state()).toMatchObject({ unread: 1, conversation: { id, status: 'open' } })
  returned.disconnect()
})

test(
  'a server that crashes loses nothing and repeats nothing for a guest who stays',
  { timeout: 120_000 },
  async () => {
    await using server = await startServer()
    const { url, deploymentId, beckon } = server
    const guest = createGuest({ url, deploymentId, openSocket: openNodeSocket({ origin: url }) })
    guest.connect()
    await guest.send('before').entry
    const { conversation } = await guest.until((state) => state.conversation !== undefined)

    const during = ['one', 'two', 'three', 'four'].map((text) => guest.send(text).entry)
    await server.crash()
    await beckon.sendToConversation(conversation?.id ?? '', { text: 'after' })
    await Promise.all(during)
    await guest.until((state) => state.caughtUp && textsOf(guest).includes('after'))

    const { entities } = await beckon.listMessages(conversation?.id ?? '')
    expect(textsOf(guest)).toEqual(entities.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])))
    expect(textsOf(guest).filter((text) => text !== 'after')).toEqual(['before', 'one', 'two', 'three', 'four'])
    guest.disconnect()
  },
)

test('a deployment that does not exist is a clear end, by either socket', { timeout: 60_000 }, async () => {
  await using server = await startServer()
  const options = { url: server.url, deploymentId: '01980000-0000-7000-8000-0000000000ff' }
  const guests = [createGuest(options), createGuest({ ...options, openSocket: openNodeSocket({ origin: server.url }) })]

  for (const guest of guests) guest.connect()
  const states = await Promise.all(guests.map((guest) => guest.until((state) => state.phase === 'failed')))

  expect(states.map((state) => state.failure?.code)).toEqual([403, 403])
})
