import { instant, milliseconds, type Committed, type StoredEvent, type TellableEvent } from '@beckon/core'
import { createFakeClock, createFakeTimers } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createLogTail } from './log-tail.ts'

function anEvent(position: number): StoredEvent {
  return { position, type: 'contact.updated', at: instant(0) }
}

function aHint(...positions: readonly number[]): readonly Committed[] {
  return [{ entries: [], conversations: [], sessions: [], events: positions.map(anEvent) }]
}

/** A log that shows nothing from before the end of every older transaction. */
async function aTail() {
  const clock = createFakeClock()
  const timers = createFakeTimers(clock)
  const log = { shown: 0, reads: 0 }
  const told: number[] = []
  const tail = createLogTail({
    timers,
    reader: {
      lastPosition: async () => log.shown,
      async events(position) {
        log.reads += 1
        const events: readonly TellableEvent[] = Array.from({ length: Math.max(0, log.shown - position) }, (_, n) => ({ event: anEvent(position + 1 + n) }))
        return { events, through: Math.max(position, log.shown) }
      },
    },
    tell: (events) => void told.push(...events.map(({ event }) => event.position)),
  })
  await tail.start()
  const pass = async (time: number): Promise<void> => {
    clock.advance(milliseconds(time))
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return { tail, log, told, pass, timers }
}

test('what is told of out of order is told in order, and nothing is read for it', async () => {
  const { tail, log, told, pass } = await aTail()

  tail.hear(aHint(2, 3))
  await pass(10)
  expect(told).toEqual([])
  tail.hear(aHint(1))
  tail.hear(aHint(4))
  await pass(110)

  expect(told).toEqual([1, 2, 3, 4])
  expect(log.reads).toBe(0)
})

test('what a hint leaves out of its span is passed over, and what lies before the span is not', async () => {
  const { tail, log, told, pass } = await aTail()

  tail.hear(aHint(2), { from: 1, to: 4 })
  tail.hear([], { from: 5, to: 9 })
  tail.hear(aHint(12), { from: 11, to: 12 })
  await pass(10)
  expect(told).toEqual([2])
  log.shown = 12
  await pass(110)

  expect(told).toEqual([2, 10, 11, 12])
  expect(log.reads).toBe(1)
})

test('a gap that no hint fills is read as soon as the store shows it, though no hint comes after it', async () => {
  const { tail, log, told, pass } = await aTail()

  tail.hear(aHint(2))
  await pass(110)
  expect(told).toEqual([])
  log.shown = 1
  await pass(110)
  await pass(60)

  expect(told).toEqual([1, 2])
})

test('what never comes is not looked for for ever, and a place that stays empty is passed over', async () => {
  const { tail, log, told, pass, timers } = await aTail()

  tail.hear(aHint(2))
  for (let look = 0; look < 200; look += 1) await pass(110)
  expect(timers.waiting).toBe(0)
  expect(log.reads).toBeLessThan(110)

  log.shown = 3
  tail.hear(aHint(3))
  await pass(110)
  expect(told.at(-1)).toBe(3)
})
