import { describe, expect, test } from 'vitest'
import { toId } from '../../domain/ids.ts'
import { days, minutes, plus, seconds } from '../../domain/instant.ts'
import { must } from '../../domain/invariant.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import type { SendPolicy } from '../../domain/sending/policy.ts'
import { keepDueAppointments, scenario, valueOf, type Scenario } from '../../testing/scenario.ts'

async function schedule(at: Scenario, policy: SendPolicy = {}): Promise<ProactiveMessage['id']> {
  const sent = valueOf(await at.businessSends('Your table is ready', { policy: { sendAt: plus(at.clock.now(), minutes(10)), ...policy } }))
  return must(sent.message.id, 'only a dry run has no id')
}

async function messageOf(at: Scenario, id: ProactiveMessage['id']): Promise<ProactiveMessage> {
  return must(await at.store.proactive(id), 'it was accepted')
}

describe('a scheduled message', () => {
  test('has its address before it exists, and leaves no trace in the log until its time', async () => {
    const at = await scenario()

    const id = await schedule(at)

    expect(await messageOf(at, id)).toMatchObject({ status: 'scheduled', deliveries: [], timeline: [{ what: 'accepted' }, { what: 'scheduled' }] })
    expect(await at.store.latestConversation(at.guest.contact.id)).toBeUndefined()
    expect(await at.eventTypes()).toContain('proactive.scheduled')
  })

  test('is sent once, at its time, by the plan of that time', async () => {
    const at = await scenario()
    const id = await schedule(at)
    await at.guestWrites('Hello')
    await at.agentCloses()

    await at.timePasses(minutes(10))
    await at.timePasses(days(1))

    expect(await messageOf(at, id)).toMatchObject({ status: 'sent', did: 'reopen', found: { conversation: 'closed' } })
    expect((await at.log()).filter((line) => line === 'api: Your table is ready')).toHaveLength(1)
    expect((await at.eventTypes()).filter((type) => type === 'proactive.sent')).toHaveLength(1)
  })

  test('is sent once although its appointment is kept twice', async () => {
    const at = await scenario()
    await schedule(at)
    at.clock.advance(minutes(10))
    const [timer] = await at.store.claimTimers(at.clock.now(), seconds(30), 10)

    await Promise.all([at.useCases.keepAppointment(must(timer, 'it is due')), at.useCases.keepAppointment(must(timer, 'it is due'))])

    expect(await at.log()).toEqual(['started by api', 'api: Your table is ready'])
  })

  test('that is moved is sent at its new time, though its old appointment was claimed already', async () => {
    const at = await scenario()
    const id = await schedule(at)
    at.clock.advance(minutes(10))
    const [claimed] = await at.store.claimTimers(at.clock.now(), seconds(30), 10)

    await at.useCases.rescheduleProactive({ id, sendAt: plus(at.clock.now(), minutes(60)) })
    await at.useCases.keepAppointment(must(claimed, 'it is due'))
    expect((await messageOf(at, id)).status).toBe('scheduled')
    await at.timePasses(minutes(60))

    expect((await messageOf(at, id)).status).toBe('sent')
  })

  test('whose expiry is moved expires at its new time, though the old appointment was claimed already', async () => {
    const at = await scenario()
    const id = await schedule(at, { sendAt: plus(at.clock.now(), days(9)), expiresAt: plus(at.clock.now(), days(10)) })
    await at.useCases.rescheduleProactive({ id, sendAt: plus(at.clock.now(), days(1)), expiresAt: plus(at.clock.now(), days(2)) })
    at.clock.advance(days(1))
    await keepDueAppointments(at)
    at.clock.advance(days(1))
    const [claimed] = await at.store.claimTimers(at.clock.now(), seconds(30), 10)
    expect(must(claimed, 'it expires').job.kind).toBe('expire-message')

    await at.useCases.keepAppointment(must(claimed, 'it expires'))

    expect((await messageOf(at, id)).status).toBe('expired')
  })

  test('does not expire early when its expiry is put off while the old appointment is being kept', async () => {
    const at = await scenario()
    const id = await schedule(at, { sendAt: plus(at.clock.now(), days(1)), expiresAt: plus(at.clock.now(), days(2)) })
    at.clock.set(plus(at.clock.now(), days(2)))
    const claimed = await at.store.claimTimers(at.clock.now(), seconds(30), 10)
    const expiry = must(claimed.find(({ job }) => job.kind === 'expire-message'), 'it is due')

    await at.useCases.rescheduleProactive({ id, sendAt: plus(at.clock.now(), days(1)), expiresAt: plus(at.clock.now(), days(5)) })
    await at.useCases.keepAppointment(expiry)
    expect((await messageOf(at, id)).status).toBe('scheduled')
    await at.timePasses(days(9))

    expect((await messageOf(at, id)).status).toBe('expired')
  })

  test('is not sent after its expiry, when the server slept through both times', async () => {
    const at = await scenario()
    const id = await schedule(at, { expiresAt: plus(at.clock.now(), minutes(20)) })
    at.presence.enter(at.guest.contact.id)

    at.clock.set(plus(at.clock.now(), days(1)))
    await keepDueAppointments(at)

    expect(await messageOf(at, id)).toMatchObject({ status: 'expired' })
    expect(await at.store.latestConversation(at.guest.contact.id)).toBeUndefined()
  })

  test('that the plan refuses when its time comes is cancelled, and says why', async () => {
    const at = await scenario()
    const id = await schedule(at)
    await at.useCases.updateContact({ contactId: at.guest.contact.id, details: { optedOut: ['service'] } })

    await at.timePasses(minutes(10))

    expect(await messageOf(at, id)).toMatchObject({ status: 'cancelled', statusReason: 'opted_out' })
    expect(await at.eventTypes()).toContain('proactive.cancelled')
  })

  test('meant for who has not replied is not sent to who has', async () => {
    const at = await scenario()
    const reminder = await schedule(at, { unless: ['replied'] })
    const notice = await schedule(at)

    await at.guestWrites('I am on my way')
    await at.timePasses(minutes(10))

    expect(await messageOf(at, reminder)).toMatchObject({ status: 'cancelled', statusReason: 'replied' })
    expect((await messageOf(at, notice)).status).toBe('sent')
  })

  test('meant for who has not seen is not sent to who has', async () => {
    const at = await scenario()
    await at.businessSends('Your table will be ready')
    const reminder = await schedule(at, { unless: ['seen'] })
    const notice = await schedule(at)

    await at.guestAcknowledges({ deliveredSeq: 2 })
    expect((await messageOf(at, reminder)).status).toBe('scheduled')
    await at.guestAcknowledges({ seenSeq: 2 })

    expect(await messageOf(at, reminder)).toMatchObject({ status: 'cancelled', statusReason: 'seen' })
    expect((await messageOf(at, notice)).status).toBe('scheduled')
  })
})

describe('cancelling', () => {
  test('takes back what waits for the guest, from the log too, and does so once', async () => {
    const at = await scenario()
    const sent = valueOf(await at.businessSends('A mistake'))
    const id = must(sent.message.id, 'it was accepted')

    const first = valueOf(await at.useCases.cancelProactive({ id, reason: 'a typo' }))
    const events = await at.eventTypes()
    const second = valueOf(await at.useCases.cancelProactive({ id }))

    expect(first).toMatchObject({ status: 'cancelled', statusReason: 'a typo', deliveries: [{ status: 'cancelled' }] })
    expect(second).toEqual(first)
    expect(await at.log()).toEqual(['started by api', 'api: (withdrawn)'])
    expect(await at.eventTypes()).toEqual(events)
  })

  test('answers with what became of a message that somebody has got', async () => {
    const at = await scenario()
    const sent = valueOf(await at.businessSends('Hello'))
    await at.guestAcknowledges({ seenSeq: 2 })

    expect(valueOf(await at.useCases.cancelProactive({ id: must(sent.message.id, 'it was accepted') })).status).toBe('seen')
    expect(await at.log()).toEqual(['started by api', 'api: Hello'])
  })

  test('a scheduled message means that it is never sent', async () => {
    const at = await scenario()
    const id = await schedule(at)

    await at.useCases.cancelProactive({ id })
    await at.timePasses(days(1))

    expect(await at.store.latestConversation(at.guest.contact.id)).toBeUndefined()
    expect(await at.useCases.cancelProactive({ id: toId('unknown') })).toMatchObject({ refusal: { code: 'not_found', noun: 'proactive message' } })
  })
})

describe('rescheduling', () => {
  test('moves the message, tells so, and once for one key', async () => {
    const at = await scenario()
    const id = await schedule(at)
    const sendAt = plus(at.clock.now(), days(1))
    const idempotency = { key: 'k', fingerprint: 'f' }

    const moved = valueOf(await at.useCases.rescheduleProactive({ id, sendAt, idempotency }))
    await at.useCases.rescheduleProactive({ id, sendAt, idempotency })

    expect(moved).toMatchObject({ status: 'scheduled', policy: { sendAt } })
    expect((await at.eventTypes()).filter((type) => type === 'proactive.rescheduled')).toHaveLength(1)
  })

  test('is too late once the message was sent', async () => {
    const at = await scenario()
    const id = await schedule(at)
    await at.timePasses(minutes(10))

    expect(await at.useCases.rescheduleProactive({ id, sendAt: plus(at.clock.now(), days(1)) })).toEqual({ ok: false, refusal: { code: 'already_sent', status: 'sent' } })
  })

  test('to a time after its own expiry is refused, with the place of the fault in that request', async () => {
    const at = await scenario()
    const id = await schedule(at, { expiresAt: plus(at.clock.now(), minutes(20)) })

    const result = await at.useCases.rescheduleProactive({ id, sendAt: plus(at.clock.now(), minutes(30)) })

    expect(result).toMatchObject({ refusal: { code: 'invalid_request', faults: [{ pointer: '#/expiresAt' }] } })
  })

  test('to no time in particular keeps the time it had', async () => {
    const at = await scenario()
    const id = await schedule(at)

    await at.useCases.rescheduleProactive({ id, expiresAt: plus(at.clock.now(), days(1)) })
    await at.timePasses(minutes(10))

    expect((await messageOf(at, id)).status).toBe('sent')
  })
})

describe('expiry', () => {
  test('takes back what nobody got in time', async () => {
    const at = await scenario()
    await at.businessSends('Only today', { policy: { expiresAt: plus(at.clock.now(), days(1)) } })

    await at.timePasses(days(2))

    expect(await at.log()).toEqual(['started by api', 'api: (withdrawn)'])
    expect(await at.eventTypes()).toContain('proactive.expired')
  })

  test('does not touch what the guest has got', async () => {
    const at = await scenario()
    await at.businessSends('Only today', { policy: { expiresAt: plus(at.clock.now(), days(1)) } })
    await at.guestAcknowledges({ deliveredSeq: 2 })

    await at.timePasses(days(2))

    expect(await at.log()).toEqual(['started by api', 'api: Only today'])
  })
})

test('a scheduled message whose record is gone is no trouble to the one who keeps appointments', async () => {
  const at = await scenario()
  const { id: contactId } = at.guest.contact

  for (const kind of ['send', 'expire-message'] as const) {
    await at.useCases.keepAppointment({ id: kind, dueAt: at.clock.now(), job: { kind, contactId, proactiveId: toId('unknown') } })
  }

  expect(await at.eventTypes()).toEqual(['contact.created', 'session.started'])
})
