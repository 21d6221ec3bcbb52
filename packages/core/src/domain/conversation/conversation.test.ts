import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aClosedConversation, aConversation } from '../../testing/builders.ts'
import { newYear } from '../../testing/fake-clock.ts'
import { toId } from '../ids.ts'
import { days, instant, plus } from '../instant.ts'
import { appendEvent, appendMessage, closed, reopened } from './append-entry.ts'
import { advance, conversationState, createConversation, findParticipant, reopenableUntil } from './conversation.ts'

const week = days(7)

describe('the state of a conversation', () => {
  test('is none before there is one, and open while it is open', () => {
    expect(conversationState(undefined, week, newYear)).toBe('none')
    expect(conversationState(aConversation(), week, newYear)).toBe('open')
  })

  test('is closed until reopening by a message is no longer allowed, to the millisecond', () => {
    const conversation = aClosedConversation({ closed: { at: newYear, by: { kind: 'agent' } } })
    const last = reopenableUntil(conversation, week)

    expect(last).toBe(plus(newYear, week))
    expect(conversationState(conversation, week, last)).toBe('closed')
    expect(conversationState(conversation, week, instant(last + 1))).toBe('elapsed')
  })
})

describe('a new conversation', () => {
  test('is open, empty, and has its customer', () => {
    const conversation = createConversation(
      { id: toId('c'), contactId: toId('ada'), deploymentId: toId('d'), customer: toId('p'), quiet: true, previous: aClosedConversation({ id: toId('earlier') }) },
      newYear,
    )

    expect(conversation).toMatchObject({ status: 'open', lastSeq: 0, quiet: true, previousConversationId: 'earlier', version: 1 })
    expect(conversation.participants).toEqual([{ id: 'p', purpose: 'customer', externalId: 'ada', joinedAt: newYear }])
  })
})

describe('an entry', () => {
  const line = { id: toId<'entry'>('e'), kind: 'message', text: 'Hello', by: { kind: 'agent', id: 'ana' } } as const

  test('gets the next seq, and a millisecond later than the one before it', () => {
    const first = appendMessage(aConversation(), line, newYear)
    const second = appendEvent(first.conversation, { id: toId('e2'), kind: 'event', event: 'left', by: line.by }, newYear)

    expect([first.entry.seq, second.entry.seq]).toEqual([1, 2])
    expect(second.entry.at).toBe(first.entry.at + 1)
    expect(second.conversation).toMatchObject({ lastSeq: 2, lastEntryAt: second.entry.at, lastText: 'Hello', version: 3 })
  })

  test('keeps its time when the clock was set back', () => {
    const first = appendMessage(aConversation(), line, plus(newYear, days(1)))
    const second = appendMessage(first.conversation, line, newYear)

    expect(second.entry.at).toBeGreaterThan(first.entry.at)
  })

  test('by the customer ends the quiet of a conversation, and one by the business does not', () => {
    const quiet = aConversation({ quiet: true })

    expect(appendMessage(quiet, line, newYear).conversation.quiet).toBe(true)
    expect(appendMessage(quiet, { ...line, by: { kind: 'customer' } }, newYear).conversation.quiet).toBe(false)
  })

  test('of great length is shown in the list by its beginning', () => {
    const { conversation } = appendMessage(aConversation(), { ...line, text: 'x'.repeat(141) }, newYear)

    expect(conversation.lastText).toBe(`${'x'.repeat(139)}…`)
    expect(appendMessage(aConversation(), { ...line, text: 'x'.repeat(140) }, newYear).conversation.lastText).toBe('x'.repeat(140))
  })
})

describe('closing and reopening', () => {
  test('a closed conversation says who closed it, and a reopened one says so no more', () => {
    const by = { at: newYear, by: { kind: 'agent', name: 'Ana' }, reason: 'done' } as const
    const shut = closed(aConversation({ quiet: true }), by)

    expect(shut).toMatchObject({ status: 'closed', closed: by })
    expect(reopened(shut)).toEqual({ ...aConversation(), status: 'open', quiet: false })
  })

  test('an open conversation is reopened as it is', () => {
    const conversation = aConversation({ quiet: true })

    expect(reopened(conversation)).toBe(conversation)
  })
})

describe('a participant', () => {
  const ana = { id: toId<'participant'>('p-ana'), purpose: 'agent', externalId: 'ana', joinedAt: newYear } as const
  const conversation = aConversation({ participants: [...aConversation().participants, { ...ana, id: toId('left'), leftAt: newYear }, ana] })

  test('is found by what they are and the id they came with, while they take part', () => {
    expect(findParticipant(conversation, { kind: 'agent', id: 'ana' })).toEqual(ana)
    expect(findParticipant(conversation, { kind: 'agent', name: 'ana' })).toEqual(ana)
    expect(findParticipant(conversation, { kind: 'bot', id: 'ana' })).toBeUndefined()
    expect(findParticipant(conversation, { kind: 'agent', id: 'ben' })).toBeUndefined()
  })

  test('who is the customer is found however they call themselves', () => {
    expect(findParticipant(conversation, { kind: 'customer', name: 'Ada' })?.purpose).toBe('customer')
  })
})

describe('a cursor', () => {
  const start = { deliveredSeq: 0, seenSeq: 0, dismissedSeq: 0 }
  const mark = fc.option(fc.integer({ min: -5, max: 50 }), { nil: undefined })
  const marks = fc.record({ deliveredSeq: mark, seenSeq: mark, dismissedSeq: mark }).map(({ deliveredSeq, seenSeq, dismissedSeq }) => ({
    ...(deliveredSeq === undefined ? {} : { deliveredSeq }),
    ...(seenSeq === undefined ? {} : { seenSeq }),
    ...(dismissedSeq === undefined ? {} : { dismissedSeq }),
  }))

  test('only moves forward, never past the log, and what was seen was delivered, in whatever order acknowledgements come', () => {
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 20 }), fc.integer({ min: 0, max: 40 }), (moves, lastSeq) => {
        let cursor = start
        for (const move of moves) {
          const moved = advance(cursor, move, lastSeq)
          expect(moved.deliveredSeq).toBeGreaterThanOrEqual(Math.max(cursor.deliveredSeq, moved.seenSeq))
          expect(moved.seenSeq).toBeGreaterThanOrEqual(cursor.seenSeq)
          expect(moved.dismissedSeq).toBeGreaterThanOrEqual(cursor.dismissedSeq)
          expect(Math.max(moved.deliveredSeq, moved.dismissedSeq)).toBeLessThanOrEqual(lastSeq)
          cursor = moved
        }
      }),
    )
  })

  test('comes to the same place whichever of two acknowledgements arrives first', () => {
    fc.assert(
      fc.property(marks, marks, (one, other) => {
        expect(advance(advance(start, one, 40), other, 40)).toEqual(advance(advance(start, other, 40), one, 40))
      }),
    )
  })

  test('of the business has nothing to dismiss', () => {
    expect(advance({ deliveredSeq: 0, seenSeq: 0 }, { seenSeq: 2 }, 3)).toEqual({ deliveredSeq: 2, seenSeq: 2 })
  })
})
