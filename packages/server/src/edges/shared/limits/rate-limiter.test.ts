import { milliseconds, plus, seconds } from '@beckon/core'
import { createFakeClock } from '@beckon/core/testing'
import { expect, test } from 'vitest'
import { createRateLimiter } from './rate-limiter.ts'

test('a bucket holds the burst, fills at its rate, and never above', () => {
  const clock = createFakeClock()
  const limiter = createRateLimiter({ perSecond: 2, burst: 3 }, clock)
  const take = (count: number) => Array.from({ length: count }, () => limiter.take('a').isAllowed)

  expect(take(4)).toEqual([true, true, true, false])
  clock.advance(milliseconds(499))
  expect(take(1)).toEqual([false])
  clock.advance(milliseconds(1))
  expect(take(2)).toEqual([true, false])
  clock.advance(seconds(60))
  expect(take(4)).toEqual([true, true, true, false])
})

test('what is left and when it is full again is told in whole numbers', () => {
  const limiter = createRateLimiter({ perSecond: 2, burst: 3 }, createFakeClock())

  expect([limiter.take('a'), limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([
    { isAllowed: true, left: 2, resetSeconds: 1 },
    { isAllowed: true, left: 1, resetSeconds: 1 },
    { isAllowed: true, left: 0, resetSeconds: 2 },
    { isAllowed: false, left: 0, resetSeconds: 1 },
  ])
})

test('a clock that is set back takes nothing away', () => {
  const clock = createFakeClock()
  const limiter = createRateLimiter({ perSecond: 1, burst: 2 }, clock)
  limiter.take('a')

  clock.set(plus(clock.now(), seconds(-60)))

  expect(limiter.take('a')).toMatchObject({ isAllowed: true, left: 0 })
})

test('strangers without number do not make it grow: the oldest are forgotten', () => {
  const limiter = createRateLimiter({ perSecond: 0.001, burst: 1 }, createFakeClock())
  limiter.take('first')

  for (let n = 0; n < 20_000; n += 1) limiter.take(`stranger ${n}`)

  expect(limiter.take('first').isAllowed).toBe(true)
  expect(limiter.take('stranger 19999').isAllowed).toBe(false)
})
