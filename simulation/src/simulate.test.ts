import { describe, expect, test } from 'vitest'
import { serializeHistory } from './history/lines.ts'
import { makePlan } from './plan/make-plan.ts'
import { faultNames } from './plan/step.ts'
import { simulate } from './run/simulate.ts'

/** So many runs fit well into a test's time on a slow machine; thousands are run by `npm run simulate`. */
const runsATest = 25

describe('a system of several nodes keeps every promise', () => {
  test.each([1, 101, 201, 301, 401, 501, 601, 701])('whatever befalls it: seeds from %i', async (from) => {
    for (let seed = from; seed < from + runsATest; seed += 1) {
      const { violations } = await simulate(makePlan(seed))
      expect(violations, `npm run simulate -- --seed ${String(seed)}`).toEqual([])
    }
  })

  test.each(faultNames)('when the only thing that goes wrong is: %s', async (fault) => {
    for (let seed = 1000; seed < 1008; seed += 1) {
      const { violations } = await simulate(makePlan(seed, { faults: [fault] }))
      expect(violations, `npm run simulate -- --seed ${String(seed)} --faults ${fault}`).toEqual([])
    }
  })
})

test('the same seed is the same history, byte for byte', async () => {
  for (const seed of [7, 8, 9]) {
    const [one, other] = [await simulate(makePlan(seed)), await simulate(makePlan(seed))]
    expect(serializeHistory(other.history)).toBe(serializeHistory(one.history))
    expect(one.history.length).toBeGreaterThan(100)
  }
})

test('runs are about something: guests and backends are answered, sockets drop, nodes die, messages wait for their time', async () => {
  const seen = new Set<string>()
  for (let seed = 1; seed <= 15; seed += 1) {
    const { history } = await simulate(makePlan(seed))
    for (const record of history) {
      seen.add(record.kind)
      if (record.kind === 'fault') seen.add(record.fault.replace(/[ ,].*/, ''))
      if (record.kind === 'ok' && record.answer.replayed) seen.add('replayed')
      if (record.kind === 'ok' && record.answer.resumed) seen.add('resumed')
      if (record.kind === 'ok' && record.answer.status === 'scheduled') seen.add('scheduled')
    }
  }

  expect([...seen]).toEqual(expect.arrayContaining(['ok', 'fail', 'unknown', 'disconnected', 'events', 'crash', 'pause', 'store', 'wire', 'restart', 'replayed', 'resumed', 'scheduled']))
})
