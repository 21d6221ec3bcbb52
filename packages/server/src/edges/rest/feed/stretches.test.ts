import { instant, type Span, type TellableEvent } from '@beckon/core'
import { expect, test } from 'vitest'
import { createHeld } from './stretches.ts'

function aStretch(from: number, to: number, ...positions: readonly number[]): Span & { readonly events: readonly TellableEvent[] } {
  return { from, to, events: positions.map((position) => ({ event: { position, type: 'contact.updated', at: instant(0) } })) }
}

test('what follows without a gap is handed out once, in order, however it overlaps', () => {
  const held = createHeld()
  held.put([aStretch(5, 9, 6, 9), aStretch(2, 6, 2, 6), aStretch(12, 12, 12)])

  const { events, end } = held.takeAfter(1)

  expect(events.map(({ event }) => event.position)).toEqual([2, 6, 9])
  expect(end).toBe(9)
  expect(held.takeAfter(11).end).toBe(12)
})

test('what is passed over in a row takes no room, and what is too much is forgotten', () => {
  const held = createHeld()
  for (let place = 2; place < 100_000; place += 1) held.put([aStretch(place, place)])
  expect(held.takeAfter(1)).toEqual({ events: [], end: 99_999 })

  held.put(Array.from({ length: 20_001 }, (_, index) => aStretch(200_000 + 2 * index, 200_000 + 2 * index)))
  expect(held.takeAfter(199_999).end).toBe(199_999)
})
