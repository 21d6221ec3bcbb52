import { parseArgs } from 'node:util'

/** What a run is made of. */
export interface ChaosOptions {
  readonly faults: number
  readonly seed: number
  /** `postgres`: several nodes on PostgreSQL and NATS. `embedded`: one node on its own database. */
  readonly engine: 'postgres' | 'embedded'
  readonly nodes: number
  /** Kinds of faults that are left out, by name. */
  readonly without: readonly string[]
  /** Kinds of faults to keep to; all that the engine can have when empty. */
  readonly only: readonly string[]
  /** A bug that the run must find: see `planted.ts`. */
  readonly plant: string | undefined
  /** Where to write the whole history, one record a line. */
  readonly history: string | undefined
}

export const usage = `npm run chaos -- [--faults 200] [--seed n] [--engine postgres|embedded] [--nodes 3] [--without kind,kind] [--only kind,kind]
                 [--plant acknowledge-before-commit] [--history file]`

export function parseOptions(args: readonly string[], seed: number): ChaosOptions | 'help' {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: { faults: text, seed: text, engine: text, nodes: text, without: text, only: text, plant: text, history: text, help: { type: 'boolean' } },
  })
  if (values.help === true) return 'help'
  const engine = readEngine(values.engine ?? 'postgres')
  return {
    engine,
    faults: wholeNumber(values.faults ?? '200', '--faults'),
    seed: wholeNumber(values.seed ?? String(seed), '--seed'),
    nodes: engine === 'embedded' ? 1 : wholeNumber(values.nodes ?? '3', '--nodes'),
    without: list(values.without),
    only: list(values.only),
    plant: values.plant,
    history: values.history,
  }
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

function readEngine(text: string): ChaosOptions['engine'] {
  if (text === 'embedded' || text === 'postgres') return text
  throw new Error(`--engine takes postgres or embedded, not ${text}\n${usage}`)
}

function wholeNumber(text: string, option: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${option} takes a whole number, not ${text}\n${usage}`)
  return value
}

function list(text = ''): readonly string[] {
  return text.split(',').filter((word) => word !== '')
}
