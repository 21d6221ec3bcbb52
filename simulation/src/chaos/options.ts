import { Command, InvalidArgumentError } from 'commander'
import { fileToWrite, nameAmong, namesAmong, readCommandLine, wholeNumber, type Said } from '../command-line.ts'
import { chosenKinds, kindNames } from './faults/plan.ts'
import { plantedNames, type PlantedName } from './planted/planted.ts'

/** What a run is made of. */
export interface ChaosOptions {
  readonly faults: number
  readonly seed: number
  /** `postgres`: several nodes on PostgreSQL and NATS. `embedded`: one node on its own database. */
  readonly engine: Engine
  readonly nodes: number
  /** Kinds of faults that are left out, by name. */
  readonly without: readonly string[]
  /** Kinds of faults to keep to; all that the engine can have when empty. */
  readonly only: readonly string[]
  /** A bug that the run must find: see `planted.ts`. */
  readonly plant: PlantedName | undefined
  /** Where to write the whole history, one record a line. */
  readonly history: string | undefined
}

const engines = ['postgres', 'embedded'] as const
type Engine = (typeof engines)[number]

/** `seed` is that of a run that names none. */
export function parseOptions(args: readonly string[], seed: number): ChaosOptions | Said {
  return readCommandLine(chaosCommand(), args, (typed: Partial<ChaosOptions>) => optionsOf(typed, seed))
}

function chaosCommand(): Command {
  const kinds = namesAmong('kind of fault', kindNames)
  return new Command('npm run chaos')
    .usage('-- [options]')
    .description('Breaks an installation of real processes again and again under load, and judges what everybody saw. As root, on Linux.')
    .option('--faults <count>', 'how many faults (200)', wholeNumber(0))
    .option('--seed <seed>', 'which course of faults; another one each time unless said', wholeNumber(0))
    .option('--engine <engine>', 'postgres: several nodes on PostgreSQL and NATS (unless said); embedded: one node on its own database', nameAmong('engine', engines))
    .option('--nodes <count>', 'how many nodes on PostgreSQL (3)', wholeNumber(1))
    .option('--without <kinds>', `without these kinds of faults, with commas between them: ${kindNames.join(', ')}`, kinds)
    .option('--only <kinds>', 'only these kinds of faults', kinds)
    .option('--plant <bug>', `with a known bug that the run must find: ${plantedNames.join(', ')}`, nameAmong('known bug', plantedNames))
    .option('--history <file>', 'write the whole history there, a record a line; one that breaks a promise is kept anyway', fileToWrite)
}

function optionsOf({ faults = 200, seed, engine = 'postgres', nodes, without = [], only = [], plant, history }: Partial<ChaosOptions>, otherSeed: number): ChaosOptions {
  if (engine === 'embedded' && nodes !== undefined && nodes !== 1) throw new InvalidArgumentError('--engine embedded has one node: leave --nodes out.')
  const options = { faults, seed: seed ?? otherSeed, engine, nodes: engine === 'embedded' ? 1 : (nodes ?? 3), without, only, plant, history }
  if (chosenKinds(options).length === 0) throw new InvalidArgumentError(`No kind of fault is left. With --engine ${engine} there are ${chosenKinds({ engine, without: [], only: [] }).map(({ name }) => name).join(', ')}.`)
  return options
}

/** The words that repeat a run's course of faults. */
export function replayCommand({ faults, seed, engine, nodes, without, only, plant }: ChaosOptions): string {
  const words = [
    `--faults ${faults}`, `--seed ${seed}`, `--engine ${engine}`,
    ...(engine === 'embedded' ? [] : [`--nodes ${nodes}`]),
    ...(without.length > 0 ? [`--without ${without.join(',')}`] : []),
    ...(only.length > 0 ? [`--only ${only.join(',')}`] : []),
    ...(plant === undefined ? [] : [`--plant ${plant}`]),
  ]
  return `npm run chaos -- ${words.join(' ')}`
}
