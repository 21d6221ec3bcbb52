import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figures } from './load/run-job.ts'
import { machineFacts } from './machine-facts.ts'
import { readPlan, type Plan } from './plan.ts'
import { openFilesLimit } from './process-accounting.ts'
import { renderPlot } from './report/plot.ts'
import type { Results, ScenarioResult } from './report/results.ts'
import { summarise } from './report/results.ts'
import { renderScenario, renderTable } from './report/table.ts'
import { judge } from './report/targets.ts'
import { CannotRun } from './services/binaries.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { scenarios } from './scenarios/scenarios.ts'

const LEAST_OPEN_FILES = 12_000

// An interrupted run ends its servers and removes their folders on the way out.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { process.exit(1) })
process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const plan = readPlan(args, scenarios)
  if ('says' in plan) {
    const { says, exitCode } = plan
    if (exitCode === 0) console.log(says)
    else console.error(says)
    return exitCode
  }
  if (openFilesLimit() < LEAST_OPEN_FILES) console.error(`only ${openFilesLimit()} open files are allowed: idle-memory and reconnect-storm need ${LEAST_OPEN_FILES} (ulimit -n)`)
  const machine = machineFacts()
  if (Number(machine['load before the run']) > 0.5) console.error('the machine is busy with something else: only ratios of CPU per message will mean much')
  const results: ScenarioResult[] = []
  for (const scenario of plan.chosen) {
    const result = await runScenario(scenario, plan)
    console.log(`\n${scenario.title}\n${renderScenario(result, scenario)}\n`)
    results.push(result)
    writeReport(plan, machine, results)
  }
  return 0
}

/** Every round runs each contestant once, in turn: a noisy minute hurts all of them alike. */
async function runScenario(scenario: Scenario, { pace, rounds, only }: Plan): Promise<ScenarioResult> {
  const runs = new Map<string, Figures[]>()
  const leftOut = new Map<string, string>()
  for (let round = 1; round <= rounds; round += 1) {
    for (const contestant of scenario.contestants) {
      if (leftOut.has(contestant.name) || (only.length > 0 && !only.includes(contestant.name))) continue
      console.error(`${scenario.name}: round ${round} of ${rounds}, ${contestant.label}`)
      const figures = await attempt(() => contestant.run(pace))
      if (figures instanceof CannotRun) {
        console.error(`  left out: ${figures.message}`)
        leftOut.set(contestant.name, `${contestant.label}: ${figures.message}`)
      } else if (figures !== undefined) {
        runs.set(contestant.name, [...(runs.get(contestant.name) ?? []), figures])
      }
    }
  }
  return summarise(scenario, runs, [...leftOut.values()])
}

/** One contestant that fails costs its own figures, not everyone's; one whose program is missing is not a failure, but is told of. */
async function attempt(run: () => Promise<Figures>): Promise<Figures | CannotRun | undefined> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof CannotRun) return error
    console.error('  failed:', error instanceof Error ? error.message : error)
    process.exitCode = 1
    return undefined
  }
}

/** A run of everything is what we keep; one of a few scenarios must not take its place. */
function writeReport({ pace, rounds, only, chosen }: Plan, machine: Results['machine'], results: readonly ScenarioResult[]): void {
  const folder = join(import.meta.dirname, '..', 'results')
  const all = { measuredAt: new Date().toISOString(), pace, rounds, machine, scenarios: results }
  const verdicts = judge(all)
  const isComplete = chosen.length === scenarios.length && only.length === 0
  const [json, table, plot] = isComplete ? ['latest.json', 'table.md', 'targets.svg'] : ['partial.json', 'partial.md', 'partial.svg']
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, json), `${JSON.stringify(all, null, 2)}\n`)
  writeFileSync(join(folder, table), renderTable(all, verdicts, scenarios))
  writeFileSync(join(folder, plot), renderPlot(all, verdicts))
}
