import { describe, expect, test } from 'vitest'
import { conversationTransition, conversationTransitions, type ClosedPolicy, type ConversationCommand, type ConversationState } from './transitions.ts'

const states: readonly ConversationState[] = ['none', 'open', 'closed', 'elapsed', 'erased']
const policiesByCommand: Readonly<Record<ConversationCommand, readonly (ClosedPolicy | undefined)[]>> = {
  guestWrites: ['reopen', 'startLinked', 'readOnly'],
  businessSends: ['reopen', 'append', 'startLinked', 'reject'],
  close: [undefined],
  reopen: [undefined],
}
const commands = ['guestWrites', 'businessSends', 'close', 'reopen'] as const
const cases = states.flatMap((from) => commands.flatMap((on) => policiesByCommand[on].map((policy) => ({ from, on, policy }))))

describe("a conversation's life", () => {
  test.for(cases)('has exactly one row for $on in state $from under policy $policy', ({ from, on, policy }) => {
    const rows = conversationTransitions.filter((row) => row.from === from && row.on === on && (row.policy === undefined || row.policy === policy))

    expect(rows).toHaveLength(1)
    expect(conversationTransition(from, on, policy)).toBe(rows[0])
  })

  test('has no row that no state, command and policy leads to', () => {
    const reached = new Set(cases.map(({ from, on, policy }) => conversationTransition(from, on, policy)))

    expect(conversationTransitions.filter((row) => !reached.has(row))).toEqual([])
  })

  test('has no row for a policy that the command does not know', () => {
    expect(conversationTransition('closed', 'guestWrites', 'append')).toBeUndefined()
    expect(conversationTransition('closed', 'businessSends', 'readOnly')).toBeUndefined()
  })

  test.for(cases)('moves as the act of the row says: $from, $on, $policy', ({ from, on, policy }) => {
    const row = conversationTransition(from, on, policy)
    const stays = from === 'elapsed' ? 'closed' : from
    const moved = { start: 'open', reopen: 'open', close: 'closed', append: stays, startLinked: stays, nothing: stays } as const

    expect(row?.to).toBe(typeof row?.does === 'string' ? moved[row.does] : stays)
  })

  test.for(cases)('emits what its act makes visible: $from, $on, $policy', ({ from, on, policy }) => {
    const row = conversationTransition(from, on, policy)
    const emitted = { start: ['started'], startLinked: ['started'], reopen: ['reopened'], close: ['closed'], append: [], nothing: [] } as const

    expect(row?.emits).toEqual(typeof row?.does === 'string' ? emitted[row.does] : [])
  })

  test.for(commands)('ends with erasure: nothing but "erased" is answered to %s', (on) => {
    for (const policy of policiesByCommand[on]) {
      expect(conversationTransition('erased', on, policy)).toMatchObject({ to: 'erased', does: { refuse: 'erased' }, emits: [] })
    }
  })

  test('lets a business close twice and reopen twice without a second effect', () => {
    expect(conversationTransition('closed', 'close')?.does).toBe('nothing')
    expect(conversationTransition('elapsed', 'close')?.does).toBe('nothing')
    expect(conversationTransition('open', 'reopen')?.does).toBe('nothing')
  })

  test('never makes the state of a conversation a reason to refuse a send, unless the policy says so', () => {
    const refused = cases.filter(({ from, on, policy }) => from !== 'erased' && on === 'businessSends' && typeof conversationTransition(from, on, policy)?.does === 'object')

    expect(refused.map(({ policy }) => policy)).toEqual(['reject', 'reject'])
  })

  test('reopens by a message only while that is still allowed, and by a call at any time', () => {
    expect(conversationTransition('closed', 'guestWrites', 'reopen')?.does).toBe('reopen')
    expect(conversationTransition('elapsed', 'guestWrites', 'reopen')?.does).toBe('startLinked')
    expect(conversationTransition('elapsed', 'businessSends', 'reopen')?.does).toBe('startLinked')
    expect(conversationTransition('elapsed', 'reopen')?.does).toBe('reopen')
  })
})
