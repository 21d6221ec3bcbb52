import { milliseconds, minutes, must, plus, type Change, type Committed, type ContactId, type DeploymentId, type SessionId } from '@beckon/core'
import { anAttachment, browserToken, valueOf } from '@beckon/core/testing'
import { busContract } from '@beckon/core/testing/contracts/bus'
import { describe, expect, test } from 'vitest'
import { longEnough, someNodes, type SomeNodes, type TestNode } from './testing/some-nodes.ts'

busContract(async () => {
  const { nodes, pass } = await someNodes(['a', 'b'])
  const [a, b] = pair(nodes)
  return { bus: { publish: (hint) => a.bus.publish(hint), subscribe: (listener) => b.bus.subscribe(listener), attend: (to) => b.bus.attend(to) }, settled: () => pass(100) }
})

function pair(nodes: readonly TestNode[]): readonly [TestNode, TestNode] {
  return [must(nodes[0], 'the first node'), must(nodes[1], 'the second node')]
}

interface Guest {
  readonly contactId: ContactId
  readonly sessionId: SessionId
  readonly deploymentId: DeploymentId
}

async function aGuest(on: TestNode, token = browserToken): Promise<Guest> {
  const deployment = valueOf(await on.useCases.createDeployment({ settings: { name: 'Shop', allowedDomains: ['shop.example'] } }))
  const { contact, session } = valueOf(await on.useCases.configureGuest({ deploymentId: deployment.id, token, startNew: false }))
  return { contactId: contact.id, sessionId: session.id, deploymentId: deployment.id }
}

/** Two nodes; the guest's socket is on the second, and everything happens on the first. */
async function aGuestElsewhere(given: Parameters<typeof someNodes>[1] = {}, others: readonly string[] = []): Promise<SomeNodes & { readonly here: TestNode; readonly there: TestNode; readonly guest: Guest }> {
  const world = await someNodes(['here', 'there', ...others], given)
  const [here, there] = pair(world.nodes)
  const guest = await aGuest(here)
  there.attach(guest.contactId, guest.sessionId)
  await world.pass(1500)
  return Object.assign(world, { here, there, guest })
}

function say(node: TestNode, { contactId, sessionId }: Guest, text: string): Promise<unknown> {
  return node.useCases.writeAsGuest({ contactId, sessionId, saying: { text } })
}

function textsOf(told: readonly Committed[]): readonly string[] {
  return told.flatMap(({ entries }) => entries.flatMap(({ entry }) => (entry.kind === 'message' ? [entry.text] : [])))
}

describe('what one node does', () => {
  test('is heard on the other at once, with its trace, and nothing is read for it', async () => {
    const { here, there, guest, pass } = await aGuestElsewhere()
    const readsBefore = there.counted.reads

    await here.useCases.writeAsGuest({ ...guest, saying: { text: 'Hello' }, trace: { tracingId: 'seven' } })
    await pass(10)

    expect(there.told().at(-1)?.entries.at(-1)).toMatchObject({ entry: { text: 'Hello' }, trace: { tracingId: 'seven' } })
    expect(there.told().at(-1)).toEqual(here.told().at(-1))
    expect(there.counted.reads).toBe(readsBefore)
  })

  test('is heard a little later when its hint was lost, with the thread and the session as they are', async () => {
    const { here, there, guest, hub, pass, store } = await aGuestElsewhere()
    hub.fate = () => []

    await say(here, guest, 'Hello')
    await pass(longEnough)

    const told = there.told().at(-1)
    expect(textsOf(there.told())).toEqual(['Hello'])
    expect(told?.conversations).toEqual([await store.latestConversation(guest.contactId)])
    expect(told?.sessions).toEqual([await store.session(guest.sessionId)])
    expect(there.counted.repaired).toBeGreaterThan(0)
  })

  test('is read for nobody who is not here: events and entries only', async () => {
    const { here, there, hub, pass } = await aGuestElsewhere()
    const stranger = await aGuest(here, '1f0f7a5c-9d3b-4e46-8a54-2f6f0c9b7d10')
    hub.fate = () => []

    await say(here, stranger, 'Hello')
    await pass(longEnough)

    expect(textsOf(there.told())).toEqual(['Hello'])
    expect(there.told().at(-1)).toMatchObject({ contactId: stranger.contactId, conversations: [], sessions: [] })
  })

  test('that is too long for the wire is read as soon as it is told where it is', async () => {
    const { here, there, guest, pass } = await aGuestElsewhere({ maxBytes: 1000 })

    await say(here, guest, 'Hello '.repeat(300))
    await pass(30)

    expect(textsOf(there.told())).toEqual(['Hello '.repeat(300)])
    expect(here.wire.sent.at(-1)).toMatch(/"kind":"wake"/)
  })

  test('is told in time, though the store shows it only when an older transaction has ended', async () => {
    const world = await aGuestElsewhere({ maxBytes: 1000 })
    const { here, there, guest, pass } = world

    await say(here, guest, 'Hello '.repeat(300))
    world.hidden = 1
    await pass(500)
    expect(textsOf(there.told())).toEqual([])
    world.hidden = 0
    await pass(100)

    expect(textsOf(there.told())).toHaveLength(1)
  })

  test('is not told again when its hint comes twice, or after it was found in the store', async () => {
    const { here, there, guest, hub, pass } = await aGuestElsewhere()
    hub.fate = () => [milliseconds(0), milliseconds(20), milliseconds(3000)]
    await say(here, guest, 'Hello')
    hub.fate = () => [milliseconds(4000)]
    await say(here, guest, 'Again')
    await pass(longEnough)

    expect(textsOf(there.told())).toEqual(['Hello', 'Again'])
    expect(there.counted.ignored).toContain('repeated')
  })
})

test('what was found in the store before its hint came is not passed over: somebody here may be reading it still', async () => {
  const { here, there, guest, hub, pass } = await aGuestElsewhere()
  const before = there.heard.length
  hub.fate = () => [milliseconds(4000)]

  await say(here, guest, 'Hello')
  await pass(longEnough)

  expect(textsOf(there.told())).toEqual(['Hello'])
  expect(there.heard.slice(before).filter((hint) => hint.kind === 'committed' && hint.span !== undefined)).toEqual([])
})

describe('what one node does is said', () => {
  test('to a node whom it does not concern by its place alone, so that nothing is read there', async () => {
    const { here, guest, pass, nodes } = await aGuestElsewhere({}, ['elsewhere'])
    const elsewhere = must(nodes[2], 'the third node')
    const [readsBefore, toldBefore] = [elsewhere.counted.reads, elsewhere.told().length]

    await say(here, guest, 'Hello')
    await pass(10)

    expect(here.wire.sent.filter((text) => text.includes('"Hello"'))).toHaveLength(1)
    expect(elsewhere.told().slice(toldBefore).flatMap(({ entries, events }) => [...entries, ...events])).toEqual([])
    expect(elsewhere.counted.reads).toBe(readsBefore)
    expect(elsewhere.heard.at(-1)).toMatchObject({ kind: 'committed', span: expect.anything() })
  })

  test('with the next appointment, which concerns whoever keeps appointments', async () => {
    const { here, guest, clock, pass, nodes } = await aGuestElsewhere({}, ['elsewhere'])
    const elsewhere = must(nodes[2], 'the third node')
    const sendAt = plus(clock.now(), minutes(1))

    await here.useCases.sendMessage({ address: { contactId: guest.contactId }, saying: { text: 'Later' }, from: { kind: 'api', id: 'crm' }, proactive: true, policy: { sendAt } })
    await pass(10)

    expect(elsewhere.told().at(-1)?.dueAt).toBe(sendAt)
  })

  test('to whoever attends to its conversation as far as the log tells it, and as long as they do', async () => {
    const { here, guest, store, pass, nodes } = await aGuestElsewhere({}, ['elsewhere'])
    await say(here, guest, 'Hello')
    const elsewhere = must(nodes[2], 'the third node')
    const thread = must(await store.latestConversation(guest.contactId), 'a conversation')
    const ignore = elsewhere.bus.attend(thread.id)
    await pass(100)

    await say(here, guest, 'Again')
    await pass(10)
    expect(elsewhere.told().at(-1)).toMatchObject({ entries: [{ entry: { text: 'Again' } }], conversations: [], sessions: [] })

    ignore()
    await pass(100)
    await say(here, guest, 'And again')
    await pass(10)
    expect(textsOf(elsewhere.told())).not.toContain('And again')
  })

  test('with what became of thread and session to a socket that opened beside somebody who attends, before the others had heard of it', async () => {
    const { here, guest, store, pass, nodes } = await aGuestElsewhere({}, ['elsewhere'])
    await say(here, guest, 'Hello')
    const elsewhere = must(nodes[2], 'the third node')
    const thread = must(await store.latestConversation(guest.contactId), 'a conversation')
    elsewhere.bus.attend(thread.id)
    await pass(100)

    elsewhere.attach(guest.contactId, guest.sessionId)
    await here.useCases.updateConversation({ conversationId: thread.id, status: 'closed', by: { kind: 'agent', id: 'ana' } })
    await pass(30)

    expect(elsewhere.told().at(-1)?.conversations).toMatchObject([{ id: thread.id, status: 'closed' }])
  })

  test('to all when it has no event, by which it could be found by whoever is not told', async () => {
    const { here, guest, store, pass, nodes } = await aGuestElsewhere({}, ['elsewhere'])
    const elsewhere = must(nodes[2], 'the third node')
    const session = must(await store.session(guest.sessionId), 'a session')

    await tellOn(here, store, { kind: 'put-session', session: { ...session, version: session.version + 1 } })
    await pass(10)

    expect(elsewhere.told().at(-1)?.sessions).toMatchObject([{ id: guest.sessionId, version: session.version + 1 }])
  })

  test('a moment later to whoever began to attend before the others had heard of it', async () => {
    const { here, guest, pass, nodes } = await aGuestElsewhere({}, ['elsewhere'])
    const elsewhere = must(nodes[2], 'the third node')

    elsewhere.attach(guest.contactId, guest.sessionId)
    await say(here, guest, 'Hello')
    await pass(30)

    expect(textsOf(elsewhere.told())).toEqual(['Hello'])
    expect(elsewhere.told().at(-1)?.sessions).toHaveLength(1)
  })
})

test('an own commit that is in the store before its writer has the answer is told by the writer, once', async () => {
  const { here, guest, store, clock, pass } = await aGuestElsewhere()
  const before = here.told().length
  const committed = Promise.withResolvers<readonly Committed[]>()
  const answer = Promise.withResolvers<void>()
  const stop = store.onCommitted(committed.resolve)
  void here.ownCommits.watch(answer.promise)
  await store.transact({
    need: {},
    decide: () => ({ result: null, changes: [{ kind: 'append-event', event: { type: 'contact.updated', at: clock.now(), contactId: guest.contactId } }] }),
  })
  stop()

  await pass(longEnough)
  expect(here.told().length).toBe(before)
  here.bus.publish({ kind: 'committed', batch: await committed.promise })
  answer.resolve()
  await pass(longEnough)

  expect(here.told().length).toBe(before + 1)
})

test('whoever may have missed that access changed is asked to look again: after silence, and now and then', async () => {
  const { there, pass } = await aGuestElsewhere()
  const changes = (): number => there.heard.filter(({ kind }) => kind === 'access-changed').length

  there.wire.goDown()
  there.wire.comeUp()
  await pass(1100)
  expect(changes()).toBe(1)

  await pass(30_000)
  expect(changes()).toBe(2)
})

test('how an upload ended is found out for the browser that waits for it, though no event tells of it', async () => {
  const { here, there, guest, hub, store, pass, clock } = await aGuestElsewhere()
  const attachment = anAttachment({ ...guest, createdAt: clock.now(), updatedAt: clock.now(), expiresAt: plus(clock.now(), minutes(60)) })
  const put = (one: typeof attachment): Promise<null> => tellOn(here, store, { kind: 'put-attachment', attachment: one })
  await put(attachment)
  await pass(1000)
  hub.fate = () => []

  await put({ ...attachment, status: 'uploaded', version: 2 })
  await pass(longEnough)

  expect(there.told().flatMap(({ attachments }) => attachments ?? []).map(({ status }) => status)).toEqual(['presigned', 'uploaded'])
})

/** Changes something on a node, without a command. */
async function tellOn(node: TestNode, store: SomeNodes['store'], change: Change): Promise<null> {
  const stop = store.onCommitted((batch) => node.bus.publish({ kind: 'committed', batch }))
  const done = await store.transact({ need: {}, decide: () => ({ result: null, changes: [change] }) })
  stop()
  return done
}

test('while nothing is lost, following reads once a second and finds nothing', async () => {
  const { here, there, guest, pass } = await aGuestElsewhere()
  const [readsBefore, repairedBefore] = [there.counted.reads, there.counted.repaired]

  for (let n = 0; n < 100; n += 1) {
    await say(here, guest, `Hello ${n}`)
    await pass(100)
  }

  expect(there.counted.reads - readsBefore).toBeLessThanOrEqual(11)
  expect(there.counted.repaired).toBe(repairedBefore)
})
