import { expect, test } from 'vitest'
import { parseOptions } from './options.ts'

test('without a word a thousand seeds are run', () => {
  expect(parseOptions([])).toEqual({ from: 1, seeds: 1000 })
})

test('one run is chosen by its seed, and of its steps some', () => {
  expect(parseOptions(['--seed', '42', '--only', '3,5', '--faults', 'crash,pause', '--plant=double-claim'])).toEqual({
    seed: 42, only: [3, 5], faults: ['crash', 'pause'], plant: 'double-claim',
  })
  expect(parseOptions(['--faults', 'none'])).toMatchObject({ faults: [] })
})

test.for([
  { typed: '--faults nonsense', says: 'There is no kind of fault called "nonsense"; there are cut-socket, crash,' },
  { typed: '--faults crahs', says: 'There is no kind of fault called "crahs" (did you mean crash?); there are' },
  { typed: '--plant nonsense', says: 'There is no known bug called "nonsense"; there are ack-before-commit,' },
  { typed: '--seed x', says: "option '--seed <seed>' argument 'x' is invalid. It takes a whole number from 0 on." },
  { typed: '--seeds 0', says: 'It takes a whole number from 1 on.' },
  { typed: '--seed', says: "option '--seed <seed>' argument missing" },
  { typed: '--only 3', says: 'name it with --seed' },
  { typed: '--seed 42 --only 900', says: 'There is no step 900: those of seed 42 are 0 to ' },
  { typed: '--seed 42 --seeds 7', says: 'leave one of them out' },
  { typed: '--history /nowhere/run.jsonl', says: 'There is no folder "/nowhere".' },
  { typed: '--history package.json/run.jsonl', says: 'There is no folder "package.json".' },
  { typed: '--history .', says: 'It takes a file, which "." is not.' },
  { typed: '--history runs/', says: 'It takes a file, which "runs/" is not.' },
  { typed: '--history=', says: 'It takes a file, which "" is not.' },
  { typed: '--sed 42', says: "unknown option '--sed' (Did you mean --seed?)" },
  { typed: '42', says: 'too many arguments' },
])('“$typed” is refused in one line that says what is wrong and what is allowed', ({ typed, says }) => {
  const said = parseOptions(typed.split(' '))

  expect(said).toEqual({ says: expect.stringMatching(/^npm run simulate: .* \(npm run simulate -- --help explains every option\)$/), exitCode: 2 })
  expect(said).toHaveProperty('says', expect.stringContaining(says))
})

test('the help explains every option', () => {
  expect(parseOptions(['--help'])).toMatchObject({ exitCode: 0, says: expect.stringMatching(/--seeds.*--from.*--seed .*--only.*--faults.*--plant.*--history/s) })
})
