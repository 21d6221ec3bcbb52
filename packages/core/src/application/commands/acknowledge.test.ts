import { describe, expect, test } from 'vitest'
import { toId } from '../../domain/ids.ts'
import { minutes, plus } from '../../domain/instant.ts'
import { must } from '../../domain/invariant.ts'
import { scenario, valueOf } from '../../testing/scenario.ts'

describe('an acknowledgement', () => {
  test('moves the marks of its side, tells so once, and settles the deliveries up to there', async () => {
    const at = await scenario()
    const sent = valueOf(await at.businessSends('Hello'))
    const id = must(sent.message.id, 'it was accepted')

    await at.guestAcknowledges({ deliveredSeq: 2 })
    expect(await at.store.proactive(id)).toMatchObject({ status: 'delivered', deliveries: [{ status: 'delivered' }] })
    await at.guestAcknowledges({ seenSeq: 2 })
    await at.guestAcknowledges({ deliveredSeq: 1, seenSeq: 2 })

    expect(await at.store.proactive(id)).toMatchObject({ status: 'seen', deliveries: [{ status: 'seen' }] })
    expect((await at.conversation()).guest).toEqual({ deliveredSeq: 2, seenSeq: 2, dismissedSeq: 0 })
    expect((await at.eventTypes()).slice(-2)).toEqual(['message.delivered', 'message.seen'])
  })

  test('that something was seen says also that it was delivered, in one event', async () => {
    const at = await scenario()
    await at.businessSends('Hello')

    await at.guestAcknowledges({ seenSeq: 2 })

    expect((await at.eventTypes()).filter((type) => type.startsWith('message.'))).toEqual(['message.created', 'message.seen'])
  })

  test('of less than everything leaves the rest under way', async () => {
    const at = await scenario()
    await at.businessSends('One')
    const second = valueOf(await at.businessSends('Two'))

    await at.guestAcknowledges({ seenSeq: 2, deliveredSeq: 3 })
    expect(await at.store.proactive(must(second.message.id, 'accepted'))).toMatchObject({ status: 'delivered' })

    expect((await at.eventTypes()).slice(-2)).toEqual(['message.seen', 'message.delivered'])
  })

  test('settles nothing in another conversation', async () => {
    const at = await scenario({ guestWritesAfterClose: 'startLinked' })
    const sent = valueOf(await at.businessSends('Hello'))
    await at.agentCloses()
    await at.guestWrites('Something new')

    await at.guestAcknowledges({ seenSeq: 2 })

    expect((await at.store.proactive(must(sent.message.id, 'accepted')))?.status).toBe('sent')
  })

  test('of a card that was put away is remembered for every tab, and is no event', async () => {
    const at = await scenario()
    await at.businessSends('Hello')
    const before = await at.store.lastPosition()

    expect(valueOf(await at.guestAcknowledges({ dismissedSeq: 2 })).guest.dismissedSeq).toBe(2)

    expect(await at.store.lastPosition()).toBe(before)
  })

  test('of the business moves its own marks and touches no delivery', async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId, contactId } = await at.conversation()

    const moved = valueOf(await at.useCases.acknowledge({ contactId, conversationId, by: 'business', upTo: { seenSeq: 2 } }))

    expect(moved).toMatchObject({ business: { deliveredSeq: 2, seenSeq: 2 }, guest: { seenSeq: 0 } })
  })

  test("in an unknown conversation, in somebody else's, or in that of an erased person is refused", async () => {
    const at = await scenario()
    await at.guestWrites('Hello')
    const { id: conversationId, contactId } = await at.conversation()
    const upTo = { seenSeq: 1 }
    const other = await at.guestArrives({ token: '1f0e2d3c-4b5a-4697-8879-a6b5c4d3e2f1' })

    expect(await at.useCases.acknowledge({ contactId, conversationId: toId('unknown'), by: 'guest', upTo })).toMatchObject({ refusal: { code: 'not_found' } })
    expect(await at.useCases.acknowledge({ contactId: other.contact.id, conversationId, by: 'guest', upTo })).toMatchObject({ refusal: { code: 'not_found' } })
    await at.useCases.eraseContact({ contactId })
    expect(await at.useCases.acknowledge({ contactId, conversationId, by: 'guest', upTo })).toMatchObject({ refusal: { code: 'erased' } })
  })
})

describe('the deliveries of a message', () => {
  test('are those of its record, if the business sent it', async () => {
    const at = await scenario()
    const { message } = valueOf(await at.businessSends('Hello'))

    const explained = valueOf(await at.useCases.listDeliveries({ messageId: must(message.messageId, 'accepted') }))

    expect(explained).toMatchObject({ entry: { text: 'Hello' }, message: { id: message.id }, deliveries: [{ route: 'live', status: 'waiting' }] })
  })

  test('are told before the message is in the log, if it is only scheduled', async () => {
    const at = await scenario()
    const { message } = valueOf(await at.businessSends('Later', { policy: { sendAt: must(at.guest.session.expiresAt, 'a moment') } }))

    const explained = valueOf(await at.useCases.listDeliveries({ messageId: must(message.messageId, 'accepted') }))

    expect(explained).toMatchObject({ message: { status: 'scheduled' }, deliveries: [] })
    expect(explained).not.toHaveProperty('entry')
  })

  test('say since when it is overdue, where its time has come and nobody keeps the appointment', async () => {
    const at = await scenario()
    const sendAt = plus(at.clock.now(), minutes(5))
    const { message } = valueOf(await at.businessSends('Later', { policy: { sendAt } }))
    const explain = async () => valueOf(await at.useCases.listDeliveries({ messageId: must(message.messageId, 'accepted') }))

    at.clock.advance(minutes(5))
    expect(await explain()).not.toHaveProperty('overdueSince')
    at.clock.advance(minutes(1))

    expect(await explain()).toMatchObject({ message: { status: 'scheduled' }, overdueSince: sendAt })
  })

  test("of a guest's message are told by how far the business has come", async () => {
    const at = await scenario()
    const { entry } = valueOf(await at.guestWrites('Hello'))
    const { id: conversationId, contactId } = await at.conversation()
    const status = async () => valueOf(await at.useCases.listDeliveries({ messageId: entry.id })).deliveries.map((one) => one.status)

    expect(await status()).toEqual(['waiting'])
    await at.useCases.acknowledge({ contactId, conversationId, by: 'business', upTo: { deliveredSeq: 2 } })
    expect(await status()).toEqual(['delivered'])
    await at.useCases.acknowledge({ contactId, conversationId, by: 'business', upTo: { seenSeq: 2 } })
    expect(await status()).toEqual(['seen'])
  })

  test('of an unknown message are refused', async () => {
    const at = await scenario()

    expect(await at.useCases.listDeliveries({ messageId: toId('unknown') })).toEqual({ ok: false, refusal: { code: 'not_found', noun: 'message', id: 'unknown' } })
  })
})
