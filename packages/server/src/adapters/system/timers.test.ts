import { days, milliseconds } from '@beckon/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTimers } from './timers.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('a wait ends after its time, and one that was taken back never does', () => {
  const ended: string[] = []
  const timers = createTimers()
  timers.after(milliseconds(50), () => ended.push('kept'))
  const takeBack = timers.after(milliseconds(50), () => ended.push('taken back'))

  takeBack()
  vi.advanceTimersByTime(50)

  expect(ended).toEqual(['kept'])
})

test('a wait of forty days does not end at once, but after forty days', () => {
  const ended: string[] = []
  createTimers().after(days(40), () => ended.push('ended'))

  vi.advanceTimersByTime(days(40) - 1)
  expect(ended).toEqual([])

  vi.advanceTimersByTime(1)
  expect(ended).toEqual(['ended'])
})

test('a long wait can be taken back in any of its parts', () => {
  const ended: string[] = []
  const takeBack = createTimers().after(days(40), () => ended.push('ended'))

  vi.advanceTimersByTime(days(30))
  takeBack()
  vi.advanceTimersByTime(days(30))

  expect(ended).toEqual([])
})
