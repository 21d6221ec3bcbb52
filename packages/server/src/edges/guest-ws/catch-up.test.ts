import { seconds, type Bus, type Reader } from '@beckon/core'
import { expect, test } from 'vitest'
import { openGuestEdge } from './testing/guest-edge.ts'

/** Holds back every read of a log until it is let go: a store that takes its time. */
function holdBack(store: Reader): { readonly isAsked: Promise<void>; readonly letGo: () => void } {
  const asked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const entries = store.entries.bind(store)
  const slowly: Reader['entries'] = async (...range) => {
    asked.resolve()
    await release.promise
    return entries(...range)
  }
  Object.assign(store, { entries: slowly })
  return { isAsked: asked.promise, letGo: release.resolve }
}

test('what becomes of a conversation while a returning guest reads it is told when they have read it', async () => {
  await using edge = await openGuestEdge()
  const before = await edge.guest()
  await before.configure()
  const hello = await before.say('hello')
  before.socket.terminate()
  await edge.isEmpty()
  const conversation = await edge.conversationOf(before)
  const { isAsked, letGo } = holdBack(edge.world.store)

  const back = await edge.guest({ token: before.token })
  await back.configure({ beckon: { version: 1 } })
  await isAsked
  await edge.close(conversation.id)
  letGo()
  const told = await back.next('Conversation')

  expect(hello.code).toBe(200)
  expect(told.body).toMatchObject({ id: conversation.id, status: 'closed' })
  const read = back.frames.flatMap(({ class: kind, body }) => (kind === 'History' && Array.isArray(body['entities']) ? body['entities'] : []))
  expect(read.map((entry) => entry.seq)).toEqual(read.map((_, index) => index + 1))
  expect(read).toHaveLength(conversation.lastSeq + 1)
})

test('a message that another node has taken stands in the log of a page before its repetition is answered there', async () => {
  await using edge = await openGuestEdge()
  const left = await edge.guest()
  await left.configure({ beckon: { version: 1 } })
  await left.say('hello')
  const right = await edge.guest({ token: left.token })
  await right.configure({ beckon: { version: 1 } })
  await right.next('History')
  const { lastSeq } = await edge.conversationOf(left)
  const letGo = holdHints(edge.world.bus)

  left.send({ action: 'onMessage', token: left.token, clientId: 'm-1', message: { type: 'Text', text: 'is it there?' } })
  await expect.poll(async () => (await edge.conversationOf(left)).lastSeq).toBe(lastSeq + 1)
  const answer = await right.say('is it there?', { clientId: 'm-1' })
  const read = await right.next('History')
  letGo()
  await right.settle()

  expect(answer.body).toMatchObject({ seq: lastSeq + 1, clientId: 'm-1' })
  expect(read.body['entities']).toMatchObject([{ seq: lastSeq + 1, clientId: 'm-1' }])
  expect(right.frames.indexOf(read)).toBeLessThan(right.frames.indexOf(answer))
  expect(right.frames.filter(({ body }) => body['seq'] === lastSeq + 1)).toEqual([answer])
})

test('a first message that another node has taken stands in the log of a page that knows of no thread yet before its repetition is answered there', async () => {
  await using edge = await openGuestEdge()
  const left = await edge.guest()
  await left.configure({ beckon: { version: 1 } })
  const right = await edge.guest({ token: left.token })
  await right.configure({ beckon: { version: 1 } })
  const letGo = holdHints(edge.world.bus)

  left.send({ action: 'onMessage', token: left.token, clientId: 'm-1', message: { type: 'Text', text: 'hello' } })
  await left.settle()
  const answer = await right.say('hello', { clientId: 'm-1' })
  const read = await right.next('History')
  letGo()
  await right.settle()

  expect(read.body['entities']).toMatchObject([{ seq: 1 }, { seq: 2, clientId: 'm-1' }])
  expect(right.frames.indexOf(read)).toBeLessThan(right.frames.indexOf(answer))
  expect(right.frames.filter(({ class: kind }) => kind === 'History')).toEqual([read])
})

test('a message repeated from a thread that the guest has left behind does not bring that thread back', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure({ beckon: { version: 1 } })
  await guest.say('hello', { clientId: 'm-1' })
  const { id } = await edge.conversationOf(guest)
  await edge.world.useCases.updateConversation({ conversationId: id, status: 'closed', by: { kind: 'agent', id: 'ana' } })
  await guest.settle()
  await guest.configure({ startNew: true, beckon: { version: 1 } })
  const before = guest.frames.length

  await guest.say('hello', { clientId: 'm-1' })
  await guest.settle()

  expect(guest.frames.slice(before).filter(({ class: kind }) => kind === 'History')).toEqual([])
})

test('what another node commits between a guest’s configuring and the first hint that reaches the socket is shown all the same', async () => {
  await using edge = await openGuestEdge()
  const { configureGuest } = edge.world.useCases
  Object.assign(edge.world.useCases, {
    async configureGuest(command: Parameters<typeof configureGuest>[0]) {
      const configured = await configureGuest(command)
      if (configured.ok) await edge.send(configured.value.contact.id, 'in between')
      return configured
    },
  })
  const guest = await edge.guest()

  const session = await guest.configure({ beckon: { version: 1 } })
  const history = await guest.next('History')
  const told = await guest.next('Conversation')

  expect(session.body.beckon?.['conversation']).toBeNull()
  expect(history.body['entities']).toMatchObject([{ event: 'started' }, { text: 'in between' }])
  expect(told.body).toMatchObject({ status: 'open', lastSeq: 2 })
})

test('a hint about an older thread that comes late does not lead a page back to it', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure({ beckon: { version: 1 } })
  await guest.say('hello')
  const older = await edge.conversationOf(guest)
  const letGo = holdHints(edge.world.bus)
  await edge.close(older.id)
  edge.world.clock.advance(seconds(1))
  await edge.world.useCases.sendMessage({ address: { contactId: older.contactId }, saying: { text: 'anew' }, from: { kind: 'api', name: 'CRM' }, proactive: true, policy: { whenClosed: 'startLinked' } })

  letGo('newest first')
  await guest.next(({ body }) => body['text'] === 'anew')
  await guest.settle()
  await edge.send(older.contactId, 'and on')
  letGo()
  await guest.next(({ body }) => body['text'] === 'and on')

  const { id } = await edge.conversationOf(guest)
  expect(id).not.toBe(older.id)
  expect(guest.frames.findLast((frame) => frame.class === 'History' || frame.class === 'Conversation')?.body).not.toMatchObject({ conversationId: older.id })
  expect(guest.frames.filter(({ body }) => body['conversationId'] === id).flatMap(({ body }) => body['seq'] ?? [])).toEqual([1, 2, 3])
})

test('a page that is to turn to another thread while the store is away comes back for it', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure({ beckon: { version: 1 } })
  await guest.say('hello')
  const { contactId, id } = await edge.conversationOf(guest)
  await edge.close(id)
  const letGo = holdHints(edge.world.bus)
  edge.world.clock.advance(seconds(1))
  for (const text of ['anew', 'and on']) await edge.world.useCases.sendMessage({ address: { contactId }, saying: { text }, from: { kind: 'api', name: 'CRM' }, proactive: true, policy: { whenClosed: 'startLinked' } })

  edge.world.store.goAway()
  letGo('newest first')
  await guest.closed

  expect(edge.errors.length).toBeGreaterThan(0)
})

test('a client without the additions has its own words acknowledged though the log is being read for it', async () => {
  await using edge = await openGuestEdge()
  const guest = await edge.guest()
  await guest.configure()
  await guest.say('hello')
  const { contactId, id } = await edge.conversationOf(guest)
  const letGoHints = holdHints(edge.world.bus)
  await edge.send(contactId, 'unheard')
  letGoHints('lose all')
  const { isAsked, letGo } = holdBack(edge.world.store)

  await edge.send(contactId, 'leaves a gap')
  await isAsked
  const answer = await guest.say('is anybody there?')
  letGo()
  await guest.next(({ body }) => body['text'] === 'leaves a gap')
  await guest.settle()

  expect(answer.body).toMatchObject({ text: 'is anybody there?' })
  for (const text of ['hello', 'unheard', 'leaves a gap', 'is anybody there?']) expect(guest.frames.filter(({ body }) => body['text'] === text)).toHaveLength(1)
  expect((await edge.conversationOf(guest)).id).toBe(id)
})

test('a message repeated while the log is being read is answered when it has been read', async () => {
  await using edge = await openGuestEdge()
  const left = await edge.guest()
  await left.configure({ beckon: { version: 1 } })
  await left.say('hello', { clientId: 'm-1' })
  const { isAsked, letGo } = holdBack(edge.world.store)
  const right = await edge.guest({ token: left.token })
  await right.configure({ beckon: { version: 1 } })
  await isAsked

  right.send({ action: 'onMessage', token: right.token, tracingId: 'again', clientId: 'm-1', message: { type: 'Text', text: 'hello' } })
  letGo()
  const answer = await right.next(({ tracingId }) => tracingId === 'again')

  expect(answer.body).toMatchObject({ clientId: 'm-1' })
})

/** Nobody hears of commits until they are let go, as on a node that the bus is late to reach. */
function holdHints(bus: Bus): (order?: 'newest first' | 'lose all') => void {
  const publish = bus.publish.bind(bus)
  const held: Parameters<Bus['publish']>[0][] = []
  Object.assign(bus, { publish: (hint: Parameters<Bus['publish']>[0]) => held.push(hint) })
  return (order) => {
    const hints = held.splice(0)
    if (order === 'lose all') return void Object.assign(bus, { publish })
    for (const hint of order === 'newest first' ? hints.toReversed() : hints) publish(hint)
  }
}
