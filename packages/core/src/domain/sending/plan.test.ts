import { describe, expect, test } from 'vitest'
import { aClosedConversation, aContact, aConversation, aDeployment, aSession } from '../../testing/builders.ts'
import { newYear } from '../../testing/fake-clock.ts'
import { toId } from '../ids.ts'
import { days, instant, minutes, plus } from '../instant.ts'
import { climb, isReachableNow } from './ladder.ts'
import { plan, type PlanInput } from './plan.ts'
import { policyFaults, resolvePolicy, type SendPolicy } from './policy.ts'

const deployment = aDeployment({ reopenWithin: days(7) })
const justClosed = aClosedConversation({ closed: { at: newYear, by: { kind: 'agent' } } })
const longClosed = aClosedConversation({ closed: { at: instant(newYear - days(8)), by: { kind: 'agent' } } })

function planned(policy: SendPolicy, given: Partial<PlanInput> = {}) {
  return plan({ contact: aContact(), deployment, reach: { connections: 0 }, policy: resolvePolicy(policy, deployment), now: newYear, ...given })
}

describe('what a send does to the thread', () => {
  test.for([
    { whenClosed: 'reopen', none: 'start', open: 'append', closed: 'reopen', elapsed: 'startLinked' },
    { whenClosed: 'append', none: 'start', open: 'append', closed: 'append', elapsed: 'append' },
    { whenClosed: 'startLinked', none: 'start', open: 'append', closed: 'startLinked', elapsed: 'startLinked' },
    { whenClosed: 'reject', none: 'start', open: 'append', closed: 'conversation_closed', elapsed: 'conversation_closed' },
  ] as const)('under $whenClosed: $none without a thread, $open to an open one, $closed to a closed one, $elapsed to one closed for long', (row) => {
    const outcome = (conversation: PlanInput['conversation']) => {
      const result = planned({ whenClosed: row.whenClosed }, { conversation })
      return result.ok ? result.value.does : result.refusal.code
    }

    expect([undefined, aConversation(), justClosed, longClosed].map(outcome)).toEqual([row.none, row.open, row.closed, row.elapsed])
  })

  test("follows the deployment's policy where the caller has none", () => {
    const policy = resolvePolicy({}, aDeployment({ whenClosed: 'append', whenUnreachable: 'reject' }))

    expect(policy).toEqual({ purpose: 'service', whenClosed: 'append', whenUnreachable: 'reject' })
    expect(resolvePolicy({ whenClosed: 'reject', purpose: 'marketing' }, deployment)).toEqual({ purpose: 'marketing', whenClosed: 'reject', whenUnreachable: 'store' })
  })

  test('starts a new thread rather than append to one that the guest has left and would never see again', () => {
    const session = aSession({ leftConversationId: justClosed.id })
    const does = (conversation: PlanInput['conversation'], whenClosed: 'append' | 'reopen') => {
      const result = planned({ whenClosed }, { conversation, session })
      return result.ok && result.value.does
    }

    expect(does(justClosed, 'append')).toBe('startLinked')
    expect(does(justClosed, 'reopen')).toBe('reopen')
    expect(does(aClosedConversation({ id: toId('another') }), 'append')).toBe('append')
  })
})

describe('a plan', () => {
  test('tells what was found', () => {
    const result = planned({}, { conversation: justClosed, session: aSession(), reach: { connections: 2 } })

    expect(result).toMatchObject({ ok: true, value: { found: { contact: 'known', conversation: 'closed', session: 'active', connections: 2, closedAt: newYear } } })
    expect(planned({})).toMatchObject({ value: { found: { conversation: 'none', session: 'none', connections: 0 } } })
    expect(planned({}, { conversation: longClosed, session: aSession({ expiresAt: newYear }) })).toMatchObject({ value: { found: { conversation: 'closed', session: 'expired' } } })
    expect(planned({}, { conversation: aConversation(), session: aSession({ ended: { at: newYear, reason: 'cleared' } }) })).toMatchObject({ value: { found: { conversation: 'open', session: 'ended' } } })
  })

  test('delivers at once to who is here, and keeps the message for who is not', () => {
    expect(planned({}, { reach: { connections: 2 } })).toMatchObject({ value: { deliveries: [{ route: 'live', status: 'sent', at: newYear, connections: 2 }] } })
    expect(planned({})).toMatchObject({ value: { deliveries: [{ route: 'live', status: 'waiting', connections: 0 }] } })
  })

  test('keeps the message for the return of the guest whatever routes the caller names', () => {
    expect(climb({ connections: 0 }, ['email'], newYear)).toHaveLength(1)
    expect(climb({ connections: 0 }, undefined, newYear)).toHaveLength(1)
  })

  test('refuses a guest who cannot be reached now only when the caller wants that, and never for a later time', () => {
    const nobodyHere = { whenUnreachable: 'reject' } as const

    expect(planned(nobodyHere)).toMatchObject({ ok: false, refusal: { code: 'unreachable', contactId: 'contact-1' } })
    expect(planned(nobodyHere, { reach: { connections: 1 } }).ok).toBe(true)
    expect(planned({ ...nobodyHere, sendAt: plus(newYear, minutes(5)) }).ok).toBe(true)
    expect(planned({ whenUnreachable: 'store' }).ok).toBe(true)
    expect(isReachableNow([{ route: 'email', status: 'waiting' }])).toBe(true)
  })

  test('breaks into a conversation under way unless the caller wants it not to, and into one that nobody has answered always', () => {
    const open = aConversation({ status: 'open' })
    const notNow = { whenOpen: 'reject' } as const

    expect(planned(notNow, { conversation: open })).toEqual({ ok: false, refusal: { code: 'conversation_open', conversationId: open.id } })
    expect(planned({}, { conversation: open }).ok).toBe(true)
    expect(planned({ ...notNow, sendAt: plus(newYear, minutes(5)) }, { conversation: open }).ok).toBe(true)
    expect(planned(notNow, { conversation: { ...open, quiet: true } }).ok).toBe(true)
    expect(planned(notNow, { conversation: justClosed }).ok).toBe(true)
  })

  test('waits for its time if that has not come, and does not if it has', () => {
    expect(planned({ sendAt: plus(newYear, minutes(5)) })).toMatchObject({ value: { defer: { until: plus(newYear, minutes(5)), reason: 'scheduled' } } })
    expect(planned({ sendAt: newYear })).not.toHaveProperty('value.defer')
  })

  test('refuses who declined this purpose, and no other', () => {
    const contact = aContact({ optedOut: ['marketing'] })

    expect(planned({ purpose: 'marketing' }, { contact })).toMatchObject({ refusal: { code: 'opted_out', purpose: 'marketing', contactId: contact.id } })
    expect(planned({ purpose: 'service' }, { contact }).ok).toBe(true)
  })

  test('refuses who was erased before it looks at anything else', () => {
    const contact = aContact({ erasedAt: newYear, optedOut: ['service'] })

    expect(planned({ whenClosed: 'reject' }, { contact, conversation: justClosed })).toEqual({ ok: false, refusal: { code: 'erased', noun: 'contact' } })
  })

  test('teaches, when it refuses a closed thread, since when and until when a message could reopen it', () => {
    expect(planned({ whenClosed: 'reject' }, { conversation: justClosed })).toEqual({
      ok: false,
      refusal: { code: 'conversation_closed', conversationId: justClosed.id, closedAt: newYear, reopenableUntil: plus(newYear, days(7)) },
    })
  })
})

describe('a policy', () => {
  test('that contradicts itself is told where', () => {
    expect(policyFaults({}, newYear)).toEqual([])
    expect(policyFaults({ sendAt: plus(newYear, minutes(1)), expiresAt: plus(newYear, minutes(2)) }, newYear)).toEqual([])
    expect(policyFaults({ expiresAt: newYear }, newYear)).toEqual([expect.objectContaining({ pointer: '#/policy/expiresAt' })])
    expect(policyFaults({ sendAt: plus(newYear, minutes(2)), expiresAt: plus(newYear, minutes(2)) }, newYear)).toEqual([
      { pointer: '#/policy/expiresAt', detail: 'must be later than sendAt' },
    ])
  })
})
