import { describe, expect, test } from 'vitest'
import { toId } from '../../domain/ids.ts'
import { days, minutes, plus } from '../../domain/instant.ts'
import { scenario, valueOf } from '../../testing/scenario.ts'

describe('a business that sends', () => {
  test('reaches a guest whose conversation was closed twenty minutes ago: it reopens, and waits for their return', async () => {
    const at = await scenario()
    await at.guestWrites('Where is my parcel?')
    await at.agentCloses()
    await at.timePasses(minutes(20))

    const sent = valueOf(await at.businessSends('It is at your door'))

    expect(sent.message).toMatchObject({
      status: 'sent', did: 'reopen', found: { conversation: 'closed', session: 'active', connections: 0 }, deliveries: [{ route: 'live', status: 'waiting' }],
    })
    expect(await at.log()).toEqual(['started by customer', 'customer: Where is my parcel?', 'closed by agent', 'reopened by api', 'api: It is at your door'])
  })

  test('reaches the same person by every address that leads to them', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId, participants } = await at.conversation()
    const participantId = toId<'participant'>(participants[0]?.id ?? '')
    await at.useCases.updateContact({ contactId: at.guest.contact.id, details: { externalId: 'crm-7' } })
    await at.timePasses(days(30))

    for (const address of [{ conversationId }, { conversationId, participantId }, { externalId: 'crm-7' }, { sessionId: at.guest.session.id }]) {
      const sent = valueOf(await at.businessSends('Hello again', { address }))
      expect(sent.message).toMatchObject({ contactId: at.guest.contact.id, conversationId, found: { session: 'expired' } })
    }
  })

  test.for([
    { address: { contactId: toId<'contact'>('nobody') }, noun: 'contact', id: 'nobody' },
    { address: { externalId: 'nobody' }, noun: 'contact', id: 'nobody' },
    { address: { sessionId: toId<'session'>('nowhere') }, noun: 'session', id: 'nowhere' },
    { address: { conversationId: toId<'conversation'>('nowhere') }, noun: 'conversation', id: 'nowhere' },
  ])('is told which part of the address leads nowhere: $noun', async ({ address, noun, id }) => {
    const at = await scenario()

    expect(await at.businessSends('Hello', { address })).toEqual({ ok: false, refusal: { code: 'not_found', noun, id } })
  })

  test('is told when a participant is not of the conversation that it names', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId } = await at.conversation()

    const result = await at.businessSends('Hello', { address: { conversationId, participantId: toId('stranger') } })

    expect(result).toEqual({ ok: false, refusal: { code: 'not_found', noun: 'participant', id: 'stranger' } })
  })

  test('writes to where the person is, also when an earlier conversation of theirs is the address', async () => {
    const at = await scenario({ guestWritesAfterClose: 'startLinked' })
    await at.guestWrites('First')
    const first = await at.conversation()
    await at.agentCloses()
    await at.guestWrites('Second')
    const second = await at.conversation()

    const sent = valueOf(await at.businessSends('To the first', { address: { conversationId: first.id } }))

    expect(sent.message).toMatchObject({ conversationId: second.id, did: 'append' })
    expect(second.previousConversationId).toBe(first.id)
  })

  test('starts a quiet conversation with somebody who never wrote, which their answer brings to the agents', async () => {
    const at = await scenario()

    const sent = valueOf(await at.businessSends('Welcome'))
    expect(sent.message.did).toBe('start')
    expect(await at.conversation()).toMatchObject({ quiet: true, status: 'open' })
    await at.guestWrites('Thanks')

    expect((await at.conversation()).quiet).toBe(false)
  })

  test('starts a conversation for the agents at once when it was asked for', async () => {
    const at = await scenario()

    await at.businessSends('As you asked', { proactive: false })

    expect((await at.conversation()).quiet).toBe(false)
  })

  test('appends to a closed conversation without opening it, when it says so', async () => {
    const at = await scenario({ whenClosed: 'append' })
    await at.guestWrites('Bye')
    await at.agentCloses()

    await at.businessSends('Your receipt')

    expect((await at.conversation()).status).toBe('closed')
    expect((await at.log()).at(-1)).toBe('api: Your receipt')
  })

  test('starts a linked conversation once a message may no longer reopen', async () => {
    const at = await scenario({ reopenWithin: days(7) })
    await at.guestWrites('Bye')
    await at.agentCloses()
    const before = await at.conversation()
    await at.timePasses(days(8))

    const sent = valueOf(await at.businessSends('A week later'))

    expect(sent.message.did).toBe('startLinked')
    expect(await at.conversation()).toMatchObject({ previousConversationId: before.id, status: 'open' })
  })

  test('counts who is here at that moment', async () => {
    const at = await scenario()
    at.presence.enter(at.guest.contact.id)

    const sent = valueOf(await at.businessSends('Hello'))

    expect(sent.message.deliveries).toEqual([{ route: 'live', status: 'sent', at: at.clock.now(), connections: 1 }])
  })

  test('is told of a policy that contradicts itself before anything is looked at', async () => {
    const at = await scenario()

    const result = await at.businessSends('Too late', { address: { contactId: toId('nobody') }, policy: { expiresAt: at.clock.now() } })

    expect(result).toMatchObject({ ok: false, refusal: { code: 'invalid_request', faults: [{ pointer: '#/policy/expiresAt' }] } })
  })

  test('changes nothing with a dry run, and sees what the send then does', async () => {
    const at = await scenario()
    await at.guestWrites('Bye')
    await at.agentCloses()
    const before = await at.store.lastPosition()

    const preview = valueOf(await at.businessSends('Hello', { dryRun: true }))
    expect(await at.store.lastPosition()).toBe(before)
    expect(preview.message).not.toHaveProperty('id')
    const sent = valueOf(await at.businessSends('Hello'))

    const { found, did, deliveries, conversationId } = sent.message
    expect(preview.message).toMatchObject({ found, did, deliveries, conversationId })
  })

  test('previews a message for later as scheduled, and one that starts a thread without a thread', async () => {
    const at = await scenario()
    const sendAt = plus(at.clock.now(), minutes(5))

    const preview = valueOf(await at.businessSends('Later', { dryRun: true, policy: { sendAt } }))

    expect(preview).toMatchObject({ defer: { until: sendAt }, message: { status: 'scheduled', did: 'start' } })
    expect(preview.message).not.toHaveProperty('conversationId')
  })

  test('gets the same answer for the same key, and sends once', async () => {
    const at = await scenario()
    const idempotency = { key: 'crm:1', fingerprint: 'a' }

    const [first, second] = await Promise.all([at.businessSends('Once', { idempotency }), at.businessSends('Once', { idempotency })])

    expect(second).toEqual({ ...first, replayed: true })
    expect((await at.log()).filter((line) => line === 'api: Once')).toHaveLength(1)
    expect(await at.businessSends('Other', { idempotency: { ...idempotency, fingerprint: 'b' } })).toEqual({ ok: false, refusal: { code: 'idempotency_key_reused' } })
  })

  test('is told again what became of it though its message has expired since', async () => {
    const at = await scenario()
    const request = { idempotency: { key: 'crm:1', fingerprint: 'a' }, policy: { expiresAt: plus(at.clock.now(), minutes(1)) } }
    const first = await at.businessSends('For now', request)
    await at.timePasses(minutes(2))

    expect(await at.businessSends('For now', request)).toEqual({ ...first, replayed: true })
    expect(await at.businessSends('For now', { policy: request.policy })).toMatchObject({ ok: false, refusal: { code: 'invalid_request' } })
  })

  test('may use a key again after a refusal, and after three days', async () => {
    const at = await scenario()
    const idempotency = { key: 'crm:1', fingerprint: 'a' }
    expect((await at.businessSends('Hello', { idempotency, policy: { whenUnreachable: 'reject' } })).ok).toBe(false)
    at.presence.enter(at.guest.contact.id)

    const sent = await at.businessSends('Hello', { idempotency, policy: { whenUnreachable: 'reject' } })
    expect(sent).toMatchObject({ ok: true })
    expect(sent).not.toHaveProperty('replayed')
    await at.timePasses(days(3))

    expect(await at.businessSends('Hello', { idempotency })).not.toHaveProperty('replayed')
  })

  test('asks what a send would do, and is refused as the send would be', async () => {
    const at = await scenario()
    const { contact } = at.guest

    expect(await at.useCases.getReachability({ contactId: contact.id, policy: {} })).toMatchObject({ ok: true, value: { does: 'start', deliveries: [{ status: 'waiting' }] } })
    expect(await at.useCases.getReachability({ contactId: contact.id, policy: { whenUnreachable: 'reject' } })).toMatchObject({ refusal: { code: 'unreachable' } })
    expect(await at.useCases.getReachability({ contactId: toId('nobody'), policy: {} })).toMatchObject({ refusal: { code: 'not_found' } })
  })
})

describe('a message replaced by a newer one of the same key', () => {
  const policy = { supersedeKey: 'parcel-7' }

  test('is taken back while nobody has got it', async () => {
    const at = await scenario()
    const first = valueOf(await at.businessSends('On its way', { policy }))

    await at.businessSends('At your door', { policy })

    expect(await at.log()).toEqual(['started by api', 'api: (withdrawn)', 'api: At your door'])
    expect(await at.store.proactiveByMessage(toId(first.message.messageId ?? ''))).toMatchObject({ status: 'cancelled', statusReason: 'superseded' })
  })

  test('stays when it went to an open socket, and when the key is another', async () => {
    const at = await scenario()
    await at.businessSends('Another parcel', { policy: { supersedeKey: 'parcel-8' } })
    at.presence.enter(at.guest.contact.id)
    await at.businessSends('On its way', { policy })

    await at.businessSends('At your door', { policy })

    expect(await at.log()).toEqual(['started by api', 'api: Another parcel', 'api: On its way', 'api: At your door'])
  })

  test('is never sent if it was only scheduled', async () => {
    const at = await scenario()
    await at.businessSends('Tomorrow', { policy: { ...policy, sendAt: plus(at.clock.now(), days(1)) } })

    await at.businessSends('Today already', { policy })
    await at.timePasses(days(2))

    expect(await at.log()).toEqual(['started by api', 'api: Today already'])
  })
})
