import { describe, expect, test } from 'vitest'
import { aProactiveMessage } from '../../testing/builders.ts'
import { newYear } from '../../testing/fake-clock.ts'
import { deliveryTransitions, stepDelivery, type DeliveryStep } from '../delivery/transitions.ts'
import type { DeliveryStatus } from '../delivery/delivery.ts'
import { isRecallable, proactiveTransitions, stepProactive, type ProactiveStatus, type ProactiveStep } from './transitions.ts'

const statuses: readonly ProactiveStatus[] = ['scheduled', 'sent', 'delivered', 'seen', 'cancelled', 'expired']
const steps: readonly ProactiveStep[] = ['send', 'reschedule', 'deliver', 'see', 'cancel', 'reply', 'supersede', 'expire', 'refuse']
const cases = statuses.flatMap((status) => steps.map((on) => ({ status, on })))

/** The whole life again, written as what people would say. */
const life: Readonly<Record<ProactiveStatus, Partial<Record<ProactiveStep, ProactiveStatus>>>> = {
  scheduled: { send: 'sent', reschedule: 'scheduled', cancel: 'cancelled', reply: 'cancelled', supersede: 'cancelled', expire: 'expired', refuse: 'cancelled' },
  sent: { deliver: 'delivered', see: 'seen', cancel: 'cancelled', supersede: 'cancelled', expire: 'expired' },
  delivered: { see: 'seen' },
  seen: {},
  cancelled: {},
  expired: {},
}

describe("a proactive message's life", () => {
  test.for(cases)('$status, then $on', ({ status, on }) => {
    const rows = proactiveTransitions.filter((row) => row.from === status && row.on === on)
    const stepped = stepProactive(aProactiveMessage({ status }), on, newYear)

    expect(rows.map(({ to }) => to)).toEqual(life[status][on] === undefined ? [] : [life[status][on]])
    expect(stepped?.status).toBe(life[status][on])
  })

  test('keeps a timeline of its steps, and counts versions', () => {
    const stepped = stepProactive(aProactiveMessage({ timeline: [] }), 'cancel', newYear, 'a typo')

    expect(stepped).toMatchObject({ timeline: [{ at: newYear, what: 'cancelled', detail: 'a typo' }], statusReason: 'a typo', version: 2 })
  })

  test.for([
    ['reply', 'replied'],
    ['supersede', 'superseded'],
    ['cancel', 'cancelled'],
    ['refuse', 'refused'],
  ] as const)('says why it was cancelled, without being told: %s', ([on, reason]) => {
    expect(stepProactive(aProactiveMessage({ status: 'scheduled' }), on, newYear)?.statusReason).toBe(reason)
  })

  test('says which refusal met it when its time came', () => {
    expect(stepProactive(aProactiveMessage({ status: 'scheduled' }), 'refuse', newYear, 'opted_out')?.statusReason).toBe('opted_out')
  })

  test('takes its deliveries with it, but not those that are settled', () => {
    const message = aProactiveMessage({ deliveries: [{ route: 'live', status: 'sent' }, { route: 'email', status: 'failed' }] })

    expect(stepProactive(message, 'see', newYear)?.deliveries).toEqual([{ route: 'live', status: 'seen', at: newYear }, { route: 'email', status: 'failed' }])
    expect(stepProactive({ ...message, status: 'scheduled' }, 'reschedule', newYear)?.deliveries).toBe(message.deliveries)
  })
})

describe('taking a message back', () => {
  test('is possible while it is scheduled, and while it waits everywhere for the guest', () => {
    expect(isRecallable(aProactiveMessage({ status: 'scheduled', deliveries: [] }))).toBe(true)
    expect(isRecallable(aProactiveMessage({ status: 'sent' }))).toBe(true)
  })

  test('is no longer possible once it went to an open socket, or further', () => {
    expect(isRecallable(aProactiveMessage({ deliveries: [{ route: 'live', status: 'sent' }] }))).toBe(false)
    for (const status of ['delivered', 'seen', 'cancelled', 'expired'] as const) expect(isRecallable(aProactiveMessage({ status }))).toBe(false)
  })
})

describe("a delivery's life", () => {
  const from: readonly DeliveryStatus[] = ['waiting', 'sent', 'delivered', 'seen', 'failed', 'cancelled']
  const on: readonly DeliveryStep[] = ['send', 'deliver', 'see', 'fail', 'cancel']
  const reached: Readonly<Record<DeliveryStatus, Partial<Record<DeliveryStep, DeliveryStatus>>>> = {
    waiting: { send: 'sent', deliver: 'delivered', see: 'seen', fail: 'failed', cancel: 'cancelled' },
    sent: { deliver: 'delivered', see: 'seen', fail: 'failed', cancel: 'cancelled' },
    delivered: { see: 'seen' },
    seen: {},
    failed: {},
    cancelled: {},
  }

  test.for(from.flatMap((status) => on.map((step) => ({ status, step }))))('$status, then $step', ({ status, step }) => {
    const delivery = { route: 'live', status } as const
    const to = reached[status][step]

    expect(deliveryTransitions.filter((row) => row.from === status && row.on === step)).toHaveLength(to === undefined ? 0 : 1)
    expect(stepDelivery(delivery, step, newYear)).toEqual(to === undefined ? delivery : { route: 'live', status: to, at: newYear })
  })

  test('keeps what is said about a step', () => {
    expect(stepDelivery({ route: 'email', status: 'sent' }, 'fail', newYear, 'mailbox full')).toEqual({ route: 'email', status: 'failed', at: newYear, detail: 'mailbox full' })
  })
})
