import { closestName } from '@beckon/protocol'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import type { Pace, Scenario } from './scenarios/scenario.ts'

/** What a run measures. */
export interface Plan {
  readonly pace: Pace
  readonly rounds: number
  /** Contestants by name; all when empty. */
  readonly only: readonly string[]
  readonly chosen: readonly Scenario[]
}

/** What is said instead of measuring: the help that was asked for, or what is wrong with the words. */
export interface Said {
  readonly says: string
  readonly exitCode: 0 | 2
}

interface Flags {
  readonly quick?: boolean
  readonly rounds?: number
  readonly only?: readonly string[]
}

export function readPlan(args: readonly string[], scenarios: readonly Scenario[]): Plan | Said {
  let help = ''
  const command = commandOf(scenarios).exitOverride().configureOutput({ writeOut: (text) => (help += text), outputError: () => undefined })
  try {
    command.parse(args, { from: 'user' })
    return planOf(command.args, command.opts<Flags>(), scenarios)
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { says: help.trimEnd(), exitCode: 0 }
    return { says: `npm run bench: ${error.message.replace(/^error: /, '').replaceAll('\n', ' ')} (npm run bench -- --help lists everything there is)`, exitCode: 2 }
  }
}

function commandOf(scenarios: readonly Scenario[]): Command {
  return new Command('npm run bench')
    .usage('-- [options] [scenario...]')
    .description('Measures Beckon side by side with its peers: in every round each contestant of a scenario runs once, in turn.')
    .argument('[scenario...]', 'what to measure; every scenario when none is named')
    .option('--quick', 'short runs, one round unless --rounds says otherwise, and no store larger than half a million entries: whether it works, not how fast it is')
    .option('--rounds <count>', 'how often each contestant runs; the figures are medians over the rounds (3, or 1 with --quick)', readRounds)
    .option('--only <contestants>', 'measure these contestants of the scenarios and leave the others out; names with commas between them', (text) => text.split(','))
    .addHelpText('after', `\nA run of everything is written to bench/results/latest.*, one that leaves something out to bench/results/partial.*\n\nScenarios, and who takes part in each:\n\n${listOf(scenarios)}`)
}

function listOf(scenarios: readonly Scenario[]): string {
  return scenarios.map(({ name, title, contestants }) => `${name.padEnd(18)}${title}\n${' '.repeat(18)}${namesOf(contestants).join(' ')}`).join('\n')
}

function readRounds(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It takes a whole number from 1 on.')
  return Number(text)
}

function planOf(names: readonly string[], { quick = false, rounds, only = [] }: Flags, scenarios: readonly Scenario[]): Plan {
  refuseUnknown('scenario', names, namesOf(scenarios))
  const chosen = names.length === 0 ? scenarios : scenarios.filter(({ name }) => names.includes(name))
  refuseUnknown('contestant', only, namesOf(scenarios.flatMap(({ contestants }) => contestants)))
  const absent = only.find((name) => !chosen.some(({ contestants }) => namesOf(contestants).includes(name)))
  if (absent !== undefined) throw new InvalidArgumentError(`${absent} takes no part in ${namesOf(chosen).join(', ')}.`)
  return { pace: quick ? 'quick' : 'full', rounds: rounds ?? (quick ? 1 : 3), only, chosen }
}

function refuseUnknown(what: string, typed: readonly string[], known: readonly string[]): void {
  const unknown = typed.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const closest = closestName(unknown, known)
  throw new InvalidArgumentError(`There is no ${what} called ${JSON.stringify(unknown)}.${closest === undefined ? '' : ` Did you mean ${closest}?`}`)
}

function namesOf(named: readonly { readonly name: string }[]): readonly string[] {
  return named.map(({ name }) => name)
}
