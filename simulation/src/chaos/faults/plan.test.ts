import { expect, test } from 'vitest'
import { createChance } from '../../world/chance.ts'
import { kindsOf, planFaults } from './plan.ts'

const withoutTheMachine = ['cut-network', 'fill-disk', 'skew-clock', 'start-skewed']
const kinds = kindsOf({ engine: 'postgres', without: withoutTheMachine, only: [] })
const course = (seed: number, count: number): readonly string[] => planFaults(kinds, count, createChance(seed, 'plan')).map(({ name }) => name)

test('the same seed makes the same course of faults, and another seed another one', () => {
  expect(course(7, 40)).toEqual(course(7, 40))
  expect(course(8, 40)).not.toEqual(course(7, 40))
})

test('a course that is long enough has every kind of fault', () => {
  expect(new Set(course(7, kinds.length))).toEqual(new Set(kinds.map(({ name }) => name)))
})

test('one node on its embedded database has the faults that it can have', () => {
  const alone = kindsOf({ engine: 'embedded', without: ['fill-disk'], only: [] }).map(({ name }) => name)

  expect(alone).toEqual(['kill-node', 'pause-node', 'restart-node'])
})
