import { setTimeout as pause } from 'node:timers/promises'
import { createBeckon } from '@beckon/client'
import type { HistoryRecord } from '../history/record.ts'
import { createChance, type Chance } from '../world/chance.ts'
import type { FaultKind, Noted } from './faults/fault.ts'
import { kindsOf, planFaults } from './faults/plan.ts'
import type { Stage } from './load/actor.ts'
import { startLoad, type Load } from './load/load.ts'
import { createRecorder } from './load/recorder.ts'
import { createTally } from './load/tally.ts'
import type { ChaosOptions } from './options.ts'
import type { ChaosReport, StruckFault } from './report/report.ts'
import { judge } from './report/judge.ts'
import { until } from './until.ts'
import { noteWhatIsLeftBehind } from './world/left-behind.ts'
import { startWorld, type World } from './world/world.ts'

/** Hears what happens while it happens, in a line each. */
export type Progress = (line: string) => void

/** Everybody must have got something acknowledged again this long after everything was whole again. */
const recoveryLimitMs = 90_000
const calmMs = { least: 200, most: 800 }

/** Breaks an installation under load, again and again, and judges what everybody saw. Rejects when the run itself could not be done. */
export async function runChaos(options: ChaosOptions, progress: Progress): Promise<ChaosReport & { readonly history: readonly HistoryRecord[] }> {
  const kinds = kindsOf(options)
  using left = noteWhatIsLeftBehind()
  const plan = planFaults(kinds, options.faults, createChance(options.seed, 'plan'))
  const needs = new Set(kinds.flatMap((kind) => kind.needs))
  await using world = await startWorld(options, { network: needs.has('network'), disk: needs.has('disk'), clocks: needs.has('clocks') }, left)
  const recorder = createRecorder()
  recorder.write({ kind: 'begin', what: 'chaos', seed: options.seed, clockTolerance: needs.has('clocks') ? skewTolerance : 0 })
  const tally = createTally()
  const stage: Stage = {
    urls: world.nodes.map(({ url }) => url),
    deploymentId: await aPatientDeployment(world),
    credentials: world.credentials,
    recorder, tally, seed: options.seed,
  }
  const load = await startLoad(stage)
  progress(`${world.nodes.length} nodes on ${options.engine}, ${plan.length} faults, seed ${options.seed}`)
  const struck = await strikeAll({ world, stage, load, chance: createChance(options.seed, 'faults'), progress }, plan)
  await within(recoveryLimitMs, load.finish(), () => `not everything was acknowledged in the end:\n${load.waitsFor()}\n${logsOf(world)}`)
  const quietSince = recorder.now()
  await within(recoveryLimitMs * 2, load.conclude(), () => `the end was not reached:\n${load.waitsFor()}\n${logsOf(world)}`)
  recorder.write({ kind: 'end', quietSince })
  // What is judged ends here: then the guests leave.
  const history = [...recorder.records]
  load.leave()
  return { history, ...judge({ options, struck, history, tally, endedByThemselves: world.nodes.flatMap((node) => node.endedByItself()) }) }
}

/** What a node may be off while its clock is being put wrong and nobody has told it yet. */
const skewTolerance = 0

/** Lets anybody write as fast as they can. */
async function aPatientDeployment({ nodes, credentials }: World): Promise<string> {
  const most = 1_000_000
  const beckon = createBeckon({ url: nodes[0]?.url ?? '', ...credentials })
  const limits = { messagesPerSecond: most, requestsPerMinute: most, configuresPerMinute: most, connectionsPerMinute: most, connectionsPerSession: 20 }
  const { id } = await beckon.createDeployment({ name: 'Under load', allowedDomains: ['*'], limits })
  return id
}

interface Striking {
  readonly world: World
  readonly stage: Stage
  readonly load: Load
  readonly chance: Chance
  readonly progress: Progress
}

async function strikeAll(striking: Striking, plan: readonly FaultKind[]): Promise<readonly StruckFault[]> {
  const struck: StruckFault[] = []
  for (const [at, kind] of plan.entries()) {
    await pause(striking.chance.between(calmMs.least, calmMs.most))
    const fault = await strike(striking, kind)
    struck.push(fault)
    const recovery = `whole after ${seconds(fault.wholeAt - fault.at)} s, callers served ${seconds(fault.recoveredAt - fault.wholeAt)} s later`
    striking.progress(`${String(at + 1).padStart(String(plan.length).length)}/${plan.length}  ${fault.what.padEnd(40)} ${recovery}`)
  }
  return struck
}

async function strike({ world, stage, load, chance, progress }: Striking, kind: FaultKind): Promise<StruckFault> {
  const { recorder, tally } = stage
  const from = recorder.now()
  const state = { at: from, what: kind.name }
  const note = (noted: Noted): void => {
    Object.assign(state, { at: recorder.now(), what: [noted.fault, noted.node, noted.forMs === undefined ? undefined : `for ${noted.forMs} ms`].filter((word) => word !== undefined).join(' ') })
    recorder.write({ kind: 'fault', ...noted })
  }
  const violated = (what: string): void => {
    progress(`   !! ${what}`)
    tally.surprise(what)
  }
  await kind.strike({ world, chance, note, violated })
  const wholeAt = recorder.now()
  await served(stage, wholeAt, () => `somebody to be served again after ${state.what}:\n${load.waitsFor()}\n${logsOf(world)}`)
  return { kind: kind.name, ...state, calmFrom: from, wholeAt, recoveredAt: recorder.now() }
}

/** Resolves when several wishes that were made after that moment have been granted. */
async function served({ tally }: Stage, since: number, waitedFor: () => string): Promise<void> {
  const enough = 10
  await until(() => tally.wishes.slice(-20 * enough).filter(({ from }) => from >= since).length >= enough, { limitMs: recoveryLimitMs, everyMs: 50 }, waitedFor)
}

async function within<T>(limitMs: number, work: Promise<T>, otherwise: () => string): Promise<T> {
  const late = new AbortController()
  const tooLate = pause(limitMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(otherwise())
  })
  tooLate.catch(() => undefined)
  try {
    return await Promise.race([work, tooLate])
  } finally {
    late.abort()
  }
}

function logsOf({ nodes }: World): string {
  return nodes.map((node) => `${node.name} (${node.isServing() ? 'serving' : 'down'}):\n${node.lastWords()}`).join('\n')
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1)
