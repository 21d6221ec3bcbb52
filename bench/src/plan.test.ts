import { expect, test } from 'vitest'
import { readPlan } from './plan.ts'
import type { Scenario } from './scenarios/scenario.ts'

const scenarios: readonly Scenario[] = [aScenario('pair-1', ['floor', 'beckon']), aScenario('peers-drain', ['mosquitto', 'beckon'])]

function aScenario(name: string, contestants: readonly string[]): Scenario {
  return { name, title: `what ${name} times`, metrics: [], baseline: '', contestants: contestants.map((one) => ({ name: one, label: one, run: () => Promise.resolve({}) })) }
}

test('without a word everything is measured, in three rounds', () => {
  expect(readPlan([], scenarios)).toEqual({ pace: 'full', rounds: 3, only: [], chosen: scenarios })
})

test('a quick run has one round, unless it is told how many', () => {
  expect(readPlan(['--quick'], scenarios)).toMatchObject({ pace: 'quick', rounds: 1 })
  expect(readPlan(['--quick', '--rounds=5'], scenarios)).toMatchObject({ pace: 'quick', rounds: 5 })
})

test('scenarios and contestants are chosen by name', () => {
  expect(readPlan(['--only', 'floor,beckon', 'pair-1'], scenarios)).toMatchObject({ only: ['floor', 'beckon'], chosen: [{ name: 'pair-1' }] })
})

test.for([
  { typed: 'nonsense', says: 'There is no scenario called "nonsense".' },
  { typed: 'pear-1', says: 'There is no scenario called "pear-1". Did you mean pair-1?' },
  { typed: '--only=mosqito', says: 'There is no contestant called "mosqito". Did you mean mosquitto?' },
  { typed: '--only=mosquitto pair-1', says: 'mosquitto takes no part in pair-1.' },
  { typed: '--rounds=0', says: "'0' is invalid. It takes a whole number from 1 on." },
  { typed: '--rounds', says: "option '--rounds <count>' argument missing" },
  { typed: '--quik', says: "unknown option '--quik' (Did you mean --quick?)" },
])('“$typed” is refused with what is wrong, what was probably meant, and where the list is', ({ typed, says }) => {
  const said = readPlan(typed.split(' '), scenarios)

  expect(said).toEqual({ says: expect.stringMatching(/^npm run bench: .* \(npm run bench -- --help lists everything there is\)$/), exitCode: 2 })
  expect(said).toHaveProperty('says', expect.stringContaining(says))
})

test('the help explains every option in words, and lists every scenario with who takes part', () => {
  const said = readPlan(['--help'], scenarios)

  expect(said).toMatchObject({ exitCode: 0 })
  for (const words of [/--quick {2,}short runs/, /--rounds <count> {2,}how often/, /--only <contestants> {2,}measure these/, /peers-drain {2,}what peers-drain times\n\s+mosquitto beckon/]) {
    expect(said).toHaveProperty('says', expect.stringMatching(words))
  }
})
