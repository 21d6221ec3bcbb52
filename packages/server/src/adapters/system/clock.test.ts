import { expect, test } from 'vitest'
import { createSystemClock } from './clock.ts'

function hands() {
  const at = { wall: 1_000_000, elapsed: 0 }
  const clock = createSystemClock(() => at.wall, () => at.elapsed)
  const pass = (milliseconds: number): void => {
    at.wall += milliseconds
    at.elapsed += milliseconds
  }
  return { at, clock, pass }
}

test('time is the time on the wall', () => {
  const { clock, pass } = hands()

  pass(1500)

  expect(clock.now()).toBe(1_001_500)
})

test('a clock that is set back keeps going forward, at half speed, until the wall has caught up', () => {
  const { at, clock, pass } = hands()
  at.wall -= 60_000

  const seen = [30_000, 30_000, 60_000, 10_000].map((milliseconds) => {
    pass(milliseconds)
    return clock.now()
  })

  expect(seen).toEqual([1_015_000, 1_030_000, 1_060_000, 1_070_000])
})

test('a clock that is set forward is followed at once', () => {
  const { at, clock } = hands()

  at.wall += 3_600_000

  expect(clock.now()).toBe(4_600_000)
})
