import { expect, test } from 'vitest'
import { parseOptions, replayCommand, type ChaosOptions } from './options.ts'

const usual: ChaosOptions = { faults: 200, seed: 7, engine: 'postgres', nodes: 3, without: [], only: [], plant: undefined, history: undefined }

test('without a word three nodes on PostgreSQL suffer two hundred faults of a seed that was drawn', () => {
  expect(parseOptions([], 7)).toEqual(usual)
})

test('the command that repeats a run is read as that run', () => {
  const run: ChaosOptions = { ...usual, faults: 5, seed: 9, nodes: 2, without: ['fill-disk'], only: ['kill-node', 'stop-nats'], plant: 'acknowledge-before-commit' }

  expect(parseOptions(replayCommand(run).replace('npm run chaos -- ', '').split(' '), 7)).toEqual(run)
  expect(parseOptions(['--engine', 'embedded'], 7)).toEqual({ ...usual, engine: 'embedded', nodes: 1 })
})

test.for([
  { typed: '--faults nonsense', says: "option '--faults <count>' argument 'nonsense' is invalid. It takes a whole number from 0 on." },
  { typed: '--seed x', says: 'It takes a whole number from 0 on.' },
  { typed: '--nodes 0', says: 'It takes a whole number from 1 on.' },
  { typed: '--only 900', says: 'There is no kind of fault called "900"; there are kill-node, pause-node,' },
  { typed: '--without kill-nod', says: '(did you mean kill-node?)' },
  { typed: '--engine mysql', says: 'There is no engine called "mysql"; there are postgres, embedded.' },
  { typed: '--engine embedded --only stop-nats', says: 'No kind of fault is left. With --engine embedded there are kill-node, pause-node, restart-node, fill-disk.' },
  { typed: '--engine embedded --nodes 3', says: 'leave --nodes out' },
  { typed: '--plant nonsense', says: 'there are acknowledge-before-commit.' },
  { typed: '--history', says: "option '--history <file>' argument missing" },
  { typed: '--fault 3', says: "unknown option '--fault' (Did you mean --faults?)" },
])('“$typed” is refused in one line that says what is wrong and what is allowed', ({ typed, says }) => {
  const said = parseOptions(typed.split(' '), 7)

  expect(said).toEqual({ says: expect.stringMatching(/^npm run chaos: .* \(npm run chaos -- --help explains every option\)$/), exitCode: 2 })
  expect(said).toHaveProperty('says', expect.stringContaining(says))
})
