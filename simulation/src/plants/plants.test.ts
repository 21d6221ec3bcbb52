import { describe, expect, test } from 'vitest'
import type { Promised } from '../history/violation.ts'
import { makePlan } from '../plan/make-plan.ts'
import { shrink } from '../run/shrink.ts'
import { simulate, type Run } from '../run/simulate.ts'
import type { Plant } from './plant.ts'
import { plants } from './plants.ts'

describe('a known bug in every node is found within a few seeds, by the promise that it breaks', () => {
  const rows: readonly (readonly [name: keyof typeof plants, promise: Promised, within: number])[] = [
    ['ack-before-commit', 'acknowledged-is-durable', 3],
    ['skipping-cursor', 'feed', 3],
    ['double-claim', 'exactly-once', 5],
    ['deaf-follower', 'nothing-lost', 20],
    ['forgetful-keys', 'exactly-once', 10],
    ['hasty-catch-up', 'nothing-lost', 20],
    ['own-clocks', 'timers', 40],
  ]
  test.each(rows)('%s breaks %s', async (name, promise, within) => {
    const found = await firstThatBreaks(plants[name], promise, within)

    expect(found, `none of ${String(within)} seeds`).toBeDefined()
    expect(found?.violations.find((one) => one.promise === promise)?.proof).not.toEqual([])
  })
})

test('a run that breaks a promise shrinks to the few steps that it takes', async () => {
  const found = await firstThatBreaks(plants['skipping-cursor'], 'feed', 3)
  if (!found) throw new Error('the bug is found')

  const { run, kept } = await shrink(found, plants['skipping-cursor'])

  expect(kept.length).toBeLessThan(found.plan.steps.length / 2)
  expect(run.violations.map(({ promise }) => promise)).toContain('feed')
})

async function firstThatBreaks(plant: Plant, promise: Promised, within: number): Promise<Run | undefined> {
  for (let seed = 1; seed <= within; seed += 1) {
    const run = await simulate(makePlan(seed), plant)
    if (run.violations.some((one) => one.promise === promise)) return run
  }
  return undefined
}
