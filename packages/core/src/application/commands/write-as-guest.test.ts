import { describe, expect, test } from 'vitest'
import { toId } from '../../domain/ids.ts'
import { days, minutes } from '../../domain/instant.ts'
import { scenario, valueOf } from '../../testing/scenario.ts'

describe('a guest who writes', () => {
  test('begins a conversation, and goes on in it', async () => {
    const at = await scenario()

    await at.guestWrites('Hello')
    await at.guestWrites('Anybody there?')

    expect(await at.log()).toEqual(['started by customer', 'customer: Hello', 'customer: Anybody there?'])
    expect(await at.conversation()).toMatchObject({ status: 'open', quiet: false, lastSeq: 3, lastText: 'Anybody there?' })
    expect(await at.eventTypes()).toEqual(['contact.created', 'session.started', 'conversation.started', 'message.created', 'message.created'])
  })

  test('the same message again, after a lost answer, has written it once', async () => {
    const at = await scenario()

    const [first, second] = await Promise.all([at.guestWrites('Hello', 'c1'), at.guestWrites('Hello', 'c1')])

    expect(valueOf(second)).toEqual({ entry: valueOf(first).entry, duplicate: true })
    expect(await at.log()).toEqual(['started by customer', 'customer: Hello'])
  })

  test('gets the old answer to a message written before the session ended', async () => {
    const at = await scenario()
    await at.guestWrites('Hello', 'c1')
    await at.useCases.endSession({ sessionId: at.guest.session.id, reason: 'ended_by_backend' })

    expect(await at.guestWrites('Hello', 'c1')).toMatchObject({ ok: true, value: { duplicate: true } })
    expect(await at.guestWrites('Hello', 'c2')).toEqual({ ok: false, refusal: { code: 'session_ended', reason: 'ended_by_backend' } })
  })

  test('carries the trace to whoever is told of the commit, and not into the log', async () => {
    const at = await scenario()
    const { contact, session } = at.guest

    await at.useCases.writeAsGuest({ contactId: contact.id, sessionId: session.id, saying: { text: 'Hello' }, trace: { tracingId: 't1' } })

    const told = at.bus.heard.flatMap((hint) => (hint.kind === 'committed' ? hint.batch : [])).flatMap(({ entries }) => entries)
    expect(told.map(({ trace }) => trace)).toEqual([undefined, { tracingId: 't1' }])
    expect(JSON.stringify(await at.store.entries(await at.conversation().then(({ id }) => id), { limit: 9 }))).not.toContain('t1')
  })

  test.for([
    { guestWritesAfterClose: 'reopen', after: days(1), log: ['started by customer', 'customer: Bye', 'closed by agent', 'reopened by customer', 'customer: One more thing'] },
    { guestWritesAfterClose: 'reopen', after: days(8), log: ['started by customer', 'customer: One more thing'] },
    { guestWritesAfterClose: 'startLinked', after: days(1), log: ['started by customer', 'customer: One more thing'] },
  ] as const)('after the conversation was closed goes on as the deployment says: $guestWritesAfterClose', async ({ guestWritesAfterClose, after, log }) => {
    const at = await scenario({ guestWritesAfterClose, reopenWithin: days(7), sessionDuration: days(30) })
    await at.guestWrites('Bye')
    await at.agentCloses()
    await at.timePasses(after)

    await at.guestWrites('One more thing')

    expect(await at.log()).toEqual(log)
  })

  test('after the conversation was closed is told that it can only be read, where the deployment says so', async () => {
    const at = await scenario({ guestWritesAfterClose: 'readOnly' })
    await at.guestWrites('Bye')
    await at.agentCloses()
    const { id } = await at.conversation()

    expect(await at.guestWrites('One more thing')).toEqual({ ok: false, refusal: { code: 'read_only', conversationId: id } })
  })

  test('keeps the session alive by writing', async () => {
    const at = await scenario({ sessionDuration: days(3) })
    await at.timePasses(days(2))
    await at.guestWrites('Still here')
    await at.timePasses(days(2))

    expect(await at.guestWrites('And still')).toMatchObject({ ok: true })
  })

  test('in a session that ran out, that is unknown, or whose person is erased is told which', async () => {
    const at = await scenario({ sessionDuration: days(3) })
    const { contact, session } = at.guest
    const write = (sessionId: typeof session.id) => at.useCases.writeAsGuest({ contactId: contact.id, sessionId, saying: { text: 'Hello' } })

    expect(await write(toId('unknown'))).toEqual({ ok: false, refusal: { code: 'not_found', noun: 'session', id: 'unknown' } })
    at.clock.advance(days(3))
    expect(await write(session.id)).toEqual({ ok: false, refusal: { code: 'session_ended', reason: 'expired' } })
    await at.useCases.eraseContact({ contactId: contact.id })
    expect(await write(session.id)).toEqual({ ok: false, refusal: { code: 'erased', noun: 'contact' } })
  })
})

describe('a guest who joins', () => {
  test('begins the conversation before the first word, once', async () => {
    const at = await scenario({ autoStart: true })
    const join = () => at.useCases.joinAsGuest({ contactId: at.guest.contact.id, sessionId: at.guest.session.id })

    const first = valueOf(await join())
    const second = valueOf(await join())

    expect([first.started, second.started]).toEqual([true, false])
    expect(second.conversation).toEqual(first.conversation)

    expect(await at.log()).toEqual(['started by customer'])
  })

  test('begins a new conversation after having left the last one', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const left = await at.conversation()
    await at.guestArrives({ startNew: true })

    const joined = valueOf(await at.useCases.joinAsGuest({ contactId: at.guest.contact.id, sessionId: at.guest.session.id }))

    expect(joined).toMatchObject({ started: true, conversation: { previousConversationId: left.id, status: 'open' } })
  })

  test('with a dead session is refused', async () => {
    const at = await scenario()
    await at.useCases.endSession({ sessionId: at.guest.session.id, reason: 'ended_by_guest' })

    expect(await at.useCases.joinAsGuest({ contactId: at.guest.contact.id, sessionId: at.guest.session.id })).toMatchObject({ refusal: { code: 'session_ended' } })
  })
})

describe('a guest who clears', () => {
  test('closes the conversation, and the token no longer leads to it', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { contact, session } = at.guest

    expect(await at.useCases.clearConversation({ contactId: contact.id, sessionId: session.id })).toEqual({ ok: true, value: null })

    expect(await at.log()).toEqual(['started by customer', 'customer: Hello', 'closed by customer'])
    expect((await at.store.session(session.id))?.ended?.reason).toBe('cleared')
    expect(await at.useCases.clearConversation({ contactId: contact.id, sessionId: session.id })).toMatchObject({ refusal: { code: 'session_ended', reason: 'cleared' } })
  })

  test('may not where the deployment does not offer it', async () => {
    const at = await scenario({ clearEnabled: false })

    expect(await at.useCases.clearConversation({ contactId: at.guest.contact.id, sessionId: at.guest.session.id })).toEqual({ ok: false, refusal: { code: 'clear_disabled' } })
  })

  test('with nothing written only leaves', async () => {
    const at = await scenario()

    await at.useCases.clearConversation({ contactId: at.guest.contact.id, sessionId: at.guest.session.id })

    expect(await at.eventTypes()).toEqual(['contact.created', 'session.started', 'session.ended'])
  })
})

describe('a conversation in which nobody writes', () => {
  test('closes by itself after the time that the deployment says', async () => {
    const at = await scenario({ idleCloseAfter: minutes(30) })
    await at.guestWrites('Hello')
    await at.timePasses(minutes(20))
    await at.guestWrites('Hello?')
    await at.timePasses(minutes(29))
    expect((await at.conversation()).status).toBe('open')

    await at.timePasses(minutes(2))

    expect(await at.log()).toEqual(['started by customer', 'customer: Hello', 'customer: Hello?', 'closed by timer'])
    expect(await at.conversation()).toMatchObject({ status: 'closed', closed: { reason: 'idle' } })
  })

  test('is watched again after it was reopened, and not while it is closed', async () => {
    const at = await scenario({ idleCloseAfter: minutes(30) })
    await at.guestWrites('Hello')
    await at.agentCloses()
    await at.timePasses(minutes(60))
    await at.agentReopens()
    await at.timePasses(minutes(31))

    expect(await at.log()).toEqual(['started by customer', 'customer: Hello', 'closed by agent', 'reopened by agent', 'closed by timer'])
  })

  test('stays open when the deployment has given up closing, and when its person was erased', async () => {
    const at = await scenario({ idleCloseAfter: minutes(30) })
    await at.guestWrites('Hello')
    const { id: conversationId } = await at.conversation()
    const timer = { id: 'late', dueAt: at.clock.now(), job: { kind: 'close-idle', contactId: at.guest.contact.id, conversationId } } as const
    await at.store.transact({ need: {}, decide: () => ({ result: null, changes: [{ kind: 'put-deployment', deployment: withoutIdleClose(at.guest.deployment) }] }) })
    await at.useCases.keepAppointment(timer)

    expect((await at.conversation()).status).toBe('open')

    function withoutIdleClose({ idleCloseAfter: _, ...deployment }: typeof at.guest.deployment) {
      return deployment
    }
  })
})
