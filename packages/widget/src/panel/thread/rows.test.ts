import { expect, test } from 'vitest'
import { anEntry, anOwnEntry, aPending, aState, aThread } from '../../testing/builders.ts'
import { rowsOf, type MessageRow, type Row } from './rows.ts'

const minutes = 60_000

function messagesOf(rows: readonly Row[]): readonly MessageRow[] {
  return rows.filter((row) => row.kind === 'message')
}

function kindsOf(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => row.kind)
}

test('only the last message of the guest says what became of it', () => {
  const thread = aThread([anOwnEntry(1), anOwnEntry(2), anEntry({ seq: 3 })])

  expect(messagesOf(rowsOf(aState([thread]), undefined)).map((row) => row.status)).toEqual([
    undefined,
    'sent',
    undefined,
  ])
})

test('a message is sent, then delivered, then seen', () => {
  const statusWith = (deliveredSeq: number, seenSeq: number) =>
    messagesOf(rowsOf(aState([aThread([anOwnEntry(1)], { business: { deliveredSeq, seenSeq } })]), undefined))[0]
      ?.status

  expect([statusWith(0, 0), statusWith(1, 0), statusWith(1, 1)]).toEqual(['sent', 'delivered', 'seen'])
})

test('messages that are not stored yet come last and say so', () => {
  const state = aState([aThread([anOwnEntry(1)])], {
    pending: [aPending(), aPending({ clientId: 'p2', status: 'failed' })],
  })

  expect(messagesOf(rowsOf(state, undefined)).map((row) => row.status)).toEqual([undefined, 'sending', 'failed'])
})

test('a message keeps its key when it is stored, so that it does not jump on the page', () => {
  const pending = rowsOf(aState([], { pending: [aPending({ clientId: 'x' })] }), undefined)
  const stored = rowsOf(aState([aThread([anOwnEntry(1, { clientId: 'x' })])]), undefined)

  expect(messagesOf(stored)[0]?.key).toBe(messagesOf(pending)[0]?.key)
})

test('messages of one sender within five minutes are one turn', () => {
  const first = anEntry({ seq: 1 })
  const entries = [
    first,
    anEntry({ seq: 2, at: first.at + minutes }),
    anEntry({ seq: 3, at: first.at + 7 * minutes }),
    anEntry({ seq: 4, at: first.at + 8 * minutes, fromName: 'Ben' }),
  ]

  const rows = messagesOf(rowsOf(aState([aThread(entries)]), undefined))

  expect(rows.map((row) => [row.isFirst, row.isLast])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ])
})

test('each day begins with its name', () => {
  const first = anEntry({ seq: 1 })
  const entries = [
    first,
    anEntry({ seq: 2, at: first.at + 24 * 60 * minutes }),
    anEntry({ seq: 3, at: first.at + 24 * 60 * minutes + 1 }),
  ]

  expect(kindsOf(rowsOf(aState([aThread(entries)]), undefined))).toEqual([
    'day',
    'message',
    'day',
    'message',
    'message',
  ])
})

test('the line "new" stands before the first new message of the current conversation', () => {
  const earlier = aThread([anEntry({ seq: 2, id: 'a', conversationId: 'c0' })], { conversationId: 'c0' })
  const current = aThread([anEntry({ seq: 1 }), anEntry({ seq: 2 })])

  expect(kindsOf(rowsOf(aState([earlier, current]), 2))).toEqual(['day', 'message', 'message', 'new', 'message'])
})

test('events are shown when they are news to the guest', () => {
  const event = (seq: number, name: string, more: object = {}) =>
    anEntry({ seq, kind: 'event', event: name, text: '', ...more })
  const entries = [
    event(1, 'started'),
    event(2, 'joined', { direction: 'inbound', fromName: undefined }),
    event(3, 'joined'),
    event(4, 'closed'),
    event(5, 'reopened'),
  ]

  const shown = rowsOf(aState([aThread(entries)]), undefined).flatMap((row) =>
    row.kind === 'event' ? [row.entry.seq] : [],
  )

  expect(shown).toEqual([3, 4, 5])
})

test('a conversation that follows another begins with a word about it', () => {
  const first = aThread([anEntry({ seq: 1, id: 'a', conversationId: 'c0' })], { conversationId: 'c0' })
  const second = aThread([anEntry({ seq: 1, kind: 'event', event: 'started' })])

  expect(kindsOf(rowsOf(aState([first, second]), undefined))).toEqual(['day', 'message', 'event'])
})
