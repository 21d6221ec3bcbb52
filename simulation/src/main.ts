import { writeFileSync } from 'node:fs'
import { serializeHistory } from './history/lines.ts'
import { renderTimeline } from './history/timeline.ts'
import { promises } from './history/violation.ts'
import { parseOptions, type Course, type ManySeeds, type OneSeed } from './options.ts'
import { makePlan } from './plan/make-plan.ts'
import type { Plan } from './plan/step.ts'
import { nothing, type Plant } from './plants/plant.ts'
import { plants } from './plants/plants.ts'
import { planWith, shrink } from './run/shrink.ts'
import { simulate, type Run } from './run/simulate.ts'

const options = parseOptions(process.argv.slice(2))

if ('says' in options) {
  const { says, exitCode } = options
  if (exitCode === 0) console.log(says)
  else console.error(says)
  process.exitCode = exitCode
} else {
  process.exitCode = 'seed' in options ? await runOne(options) : await runMany(options)
}

async function runMany({ from, seeds, ...course }: Course & ManySeeds): Promise<number> {
  const began = performance.now()
  let records = 0
  for (let seed = from; seed < from + seeds; seed += 1) {
    const run = await simulate(planOf(seed, course), plantOf(course))
    records += run.history.length
    if (run.violations.length > 0) return report(run, course)
    if ((seed - from + 1) % 100 === 0 || seed + 1 === from + seeds) console.log(`${String(seed - from + 1)} of ${String(seeds)} seeds, ${String(records)} records, ${((performance.now() - began) / 1000).toFixed(0)} s: every promise kept`)
  }
  return 0
}

async function runOne({ seed, only, ...course }: Course & OneSeed): Promise<number> {
  const plan = planOf(seed, course)
  const run = await simulate(only === undefined ? plan : planWith(plan, only), plantOf(course))
  show(run, course)
  return run.violations.length === 0 ? 0 : 1
}

function planOf(seed: number, { faults }: Course): Plan {
  return makePlan(seed, faults === undefined ? {} : { faults })
}

function plantOf({ plant }: Course): Plant {
  return plant === undefined ? nothing : plants[plant]
}

async function report(run: Run, course: Course): Promise<number> {
  const { seed, steps } = run.plan
  console.log(`\nSeed ${String(seed)} breaks a promise; of its ${String(steps.length)} steps, the fewest that still do:`)
  const { run: smaller, kept } = await shrink(run, plantOf(course))
  show(smaller, course)
  console.log(`\nAgain, the whole run:   ${command(seed, course)}\nAgain, what is left:    ${command(seed, course)} --only ${kept.join(',')}`)
  return 1
}

function command(seed: number, { faults, plant }: Course): string {
  return [
    `npm run simulate -- --seed ${String(seed)}`,
    ...(faults === undefined ? [] : [`--faults ${faults.length === 0 ? 'none' : faults.join(',')}`]),
    ...(plant === undefined ? [] : [`--plant ${plant}`]),
  ].join(' ')
}

function show({ plan, history, violations }: Run, { history: file }: Course): void {
  for (const [index, { does, at, ...rest }] of plan.steps.entries()) if (does !== 'nothing') console.log(`  step ${String(index)}, at ${(at / 1000).toFixed(3)} s: ${does} ${JSON.stringify(rest)}`)
  console.log('')
  for (const line of renderTimeline(history)) console.log(line)
  console.log(violations.length === 0 ? '\nEvery promise kept.' : '')
  for (const { promise, what, proof } of violations) {
    console.log(`BROKEN ${promise}: ${what}\n  (${promises[promise]})`)
    for (const line of renderTimeline([{ kind: 'begin', at: history[0]?.at ?? 0, what: 'proof', clockTolerance: 0 }, ...proof]).slice(1)) console.log(`         ${line}`)
  }
  if (file !== undefined) writeFileSync(file, serializeHistory(history))
}
