import { expect, test } from 'vitest'
import { until, WaitedInVain } from './until.ts'

test('asks until it is so, and no longer', async () => {
  let asked = 0

  await until(() => (asked += 1) === 3, { limitMs: 60_000, everyMs: 0 }, () => 'the third question')

  expect(asked).toBe(3)
})

test('says what it has waited for when the limit has passed', async () => {
  await expect(until(() => Promise.resolve(false), { limitMs: 0, everyMs: 0 }, () => 'a node to serve')).rejects.toThrow(new WaitedInVain('waited 0 ms for a node to serve'))
})
