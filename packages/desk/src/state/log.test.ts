import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinLogs } from './log.ts'
import type { Entry } from '@beckon/protocol'

function run(from: number, to: number): readonly Entry[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => anEntry(from + index))
}

function anEntry(seq: number): Entry {
  return { seq, id: `m${seq}`, conversationId: 'k', kind: 'message', direction: 'inbound', createdAt: '2026-03-04T10:00:00.000Z' }
}

test('what is shown never has a hole and never shows a line twice', () => {
  const runs = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 20 })).map(([from, length]) => run(from, from + length - 1))
  fc.assert(
    fc.property(runs, runs, (held, read) => {
      const seqs = joinLogs(held, read).map(({ seq }) => seq)

      expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
    }),
  )
})

test('older and newer parts that touch become one', () => {
  expect(joinLogs(run(5, 7), run(1, 4))).toEqual(run(1, 7))
  expect(joinLogs(run(1, 4), run(3, 9))).toEqual(run(1, 9))
})

test('of two parts with a hole between them the newer is kept', () => {
  expect(joinLogs(run(1, 4), run(8, 9))).toEqual(run(8, 9))
})
