import { Command, InvalidArgumentError } from 'commander'
import { fileToWrite, nameAmong, namesAmong, readCommandLine, wholeNumber, type Said } from './command-line.ts'
import { makePlan } from './plan/make-plan.ts'
import { faultNames, type FaultName } from './plan/step.ts'
import { plants } from './plants/plants.ts'

type PlantName = keyof typeof plants

/** What a call of the command is to do. */
export type SimulateOptions = Course & (ManySeeds | OneSeed)

export interface Course {
  /** Only these kinds; all unless said. */
  readonly faults?: readonly FaultName[]
  /** A known bug in every node. */
  readonly plant?: PlantName
  /** Where to write the history, one record a line. */
  readonly history?: string
}

export interface ManySeeds {
  readonly from: number
  readonly seeds: number
}

export interface OneSeed {
  readonly seed: number
  /** Of the plan's steps, these. */
  readonly only?: readonly number[]
}

type Typed = Course & Partial<ManySeeds & OneSeed>

export function parseOptions(args: readonly string[]): SimulateOptions | Said {
  return readCommandLine(simulateCommand(), args, optionsOf)
}

function simulateCommand(): Command {
  const kinds = namesAmong('kind of fault', faultNames)
  return new Command('npm run simulate')
    .usage('-- [options]')
    .description('Runs whole systems with seeded faults on a virtual clock, and judges what everybody saw. Many seeds, of which the first that breaks a promise ends it; or one.')
    .option('--seeds <count>', 'how many seeds (1000)', wholeNumber(1))
    .option('--from <seed>', 'the first of them (1)', wholeNumber(0))
    .option('--seed <seed>', 'one run, with its timeline', wholeNumber(0))
    .option('--only <steps>', 'of that run’s steps, these, by number with commas between them', (text) => text.split(',').map(wholeNumber(0)))
    .option('--faults <kinds>', `only these kinds, with commas between them, or none: ${faultNames.join(', ')}`, (text) => (text === 'none' ? [] : kinds(text)))
    .option('--plant <bug>', `with a known bug in every node: ${plantNames.join(', ')}`, nameAmong('known bug', plantNames))
    .option('--history <file>', 'write the history there, a record a line', fileToWrite)
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant that nobody adds to
const plantNames = Object.keys(plants) as readonly PlantName[]

function optionsOf({ seeds, from, seed, only, ...course }: Typed): SimulateOptions {
  if (seed === undefined) {
    if (only !== undefined) throw new InvalidArgumentError('--only chooses among the steps of one run: name it with --seed.')
    return { ...course, from: from ?? 1, seeds: seeds ?? 1000 }
  }
  if (seeds !== undefined || from !== undefined) throw new InvalidArgumentError('--seed asks for one run, --seeds and --from for many: leave one of them out.')
  if (only === undefined) return { ...course, seed }
  const steps = makePlan(seed, course.faults === undefined ? {} : { faults: course.faults }).steps.length
  const absent = only.find((step) => step >= steps)
  if (absent !== undefined) throw new InvalidArgumentError(`There is no step ${String(absent)}: those of seed ${String(seed)} are 0 to ${String(steps - 1)}.`)
  return { ...course, seed, only }
}
