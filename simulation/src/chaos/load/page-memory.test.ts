import { expect, test } from 'vitest'
import { createPageMemory } from './page-memory.ts'
import type { PageFrame } from './page.ts'

const frame = (kind: string, body: PageFrame['body']): PageFrame => ({ class: kind, code: 200, body })
const entry = (seq: number, conversationId = 'c'): PageFrame => frame('StructuredMessage', { conversationId, seq })
const session = (resumed: boolean, lastSeq?: number): PageFrame =>
  frame('SessionResponse', { beckon: { contactId: 'p', epoch: 'e', resumed, conversation: lastSeq === undefined ? null : { id: 'c', lastSeq } } })

test('a page resumes behind the last entry that it was shown', () => {
  const memory = createPageMemory()
  memory.take(session(false))
  memory.take(entry(1))
  memory.take(entry(2))

  expect(memory.place()).toEqual({ conversationId: 'c', seq: 2, epoch: 'e' })
})

test('an entry that does not follow is a gap, and one that is known already is none', () => {
  const memory = createPageMemory()
  memory.take(entry(1))
  memory.take(entry(2))

  expect([memory.take(entry(4)), memory.take(entry(1)), memory.take(entry(3))]).toEqual(['gap', undefined, undefined])
})

test('a page is caught up when the last part has come, or when nothing had to', () => {
  const memory = createPageMemory()

  const taken = [
    session(false, 3),
    frame('History', { conversationId: 'c', entities: [{ seq: 1 }, { seq: 2 }], complete: false }),
    frame('History', { conversationId: 'c', entities: [{ seq: 3 }], complete: true }),
    session(true, 3),
  ].map((one) => memory.take(one))

  expect(taken).toEqual([undefined, undefined, 'complete', 'complete'])
})

test('a reset makes a page forget where it was', () => {
  const memory = createPageMemory()
  memory.take(entry(1))
  memory.take(entry(2))

  memory.take(frame('History', { conversationId: 'c', entities: [{ seq: 1 }], reset: true, complete: true }))

  expect(memory.place()).toMatchObject({ seq: 1 })
})
