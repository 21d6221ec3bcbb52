import type { Chance } from '../../world/chance.ts'
import type { ChaosOptions } from '../options.ts'
import { lackingForClocks } from '../world/node-clock.ts'
import { lackingForNetwork } from '../world/private-network.ts'
import { lackingForDisk } from '../world/small-disk.ts'
import type { FaultKind, Need } from './fault.ts'
import { crashPostgres, endConnection, killConnection, killNats, restartPostgres, stopNats } from './of-engines.ts'
import { killNode, pauseNode, restartNode, rollingRestart, skewClock, startSkewed } from './of-nodes.ts'
import { cutNetwork, fillDisk } from './of-surroundings.ts'

type ChosenBy = Pick<ChaosOptions, 'engine' | 'without' | 'only'>

const everyKind: readonly FaultKind[] = [
  killNode, pauseNode, restartNode, rollingRestart, skewClock, startSkewed,
  crashPostgres, restartPostgres, endConnection, killConnection, killNats, stopNats,
  cutNetwork, fillDisk,
]

const lacking: Readonly<Record<Need, () => string | undefined>> = { network: lackingForNetwork, disk: lackingForDisk, clocks: lackingForClocks }

export const kindNames: readonly string[] = everyKind.map(({ name }) => name)

/** The kinds that these options leave. */
export function chosenKinds({ engine, without, only }: ChosenBy): readonly FaultKind[] {
  return everyKind.filter((kind) => (kind.engine === 'both' || kind.engine === engine) && !without.includes(kind.name) && (only.length === 0 || only.includes(kind.name)))
}

/** The kinds that a run may have. Throws when one cannot be had on this machine, saying what is needed and how to leave it out. */
export function kindsOf(options: ChosenBy): readonly FaultKind[] {
  const kinds = chosenKinds(options)
  const problems = kinds.flatMap(({ name, needs }) => needs.flatMap((need) => problemOf(name, need)))
  if (problems.length > 0) throw new Error(`this machine cannot have every kind of fault:\n${problems.join('\n')}`)
  return kinds
}

function problemOf(name: string, need: Need): readonly string[] {
  const problem = lacking[need]()
  return problem === undefined ? [] : [`  ${problem}. To run without it, on purpose: --without ${name}`]
}

/** So many faults in an order that chance makes of the weights; every kind comes once before any comes often. */
export function planFaults(kinds: readonly FaultKind[], count: number, chance: Chance): readonly FaultKind[] {
  const bag = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind))
  const once = shuffled(kinds, chance)
  const chosen = Array.from({ length: count }, (_, at) => once[at] ?? bag[chance.between(0, bag.length - 1)])
  return shuffled(chosen.filter((kind) => kind !== undefined), chance)
}

function shuffled<T>(items: readonly T[], chance: Chance): readonly T[] {
  return items.map((item) => ({ item, place: chance.between(0, 1_000_000) })).toSorted((one, other) => one.place - other.place).map(({ item }) => item)
}
