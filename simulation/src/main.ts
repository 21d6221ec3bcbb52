import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { serializeHistory } from './history/lines.ts'
import { renderTimeline } from './history/timeline.ts'
import { promises } from './history/violation.ts'
import { makePlan } from './plan/make-plan.ts'
import { faultNames, type FaultName } from './plan/step.ts'
import { nothing } from './plants/plant.ts'
import { plants } from './plants/plants.ts'
import { planWith, shrink } from './run/shrink.ts'
import { simulate, type Run } from './run/simulate.ts'

const usage = `npm run simulate -- [--seeds 1000] [--from 1]      many runs, each of another seed; stops at the first that breaks a promise
npm run simulate -- --seed 42 [--only 3,17,20]     one run, with its timeline; --only: of its steps, these
   --faults crash,pause   only these kinds: ${faultNames.join(', ')}; none for none
   --plant double-claim   with a known bug in every node: ${Object.keys(plants).join(', ')}
   --history file         writes the history there, a record a line`

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    only: { type: 'string' },
    faults: { type: 'string' },
    plant: { type: 'string' },
    history: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const wishes = values.faults === undefined ? {} : { faults: readFaults(values.faults) }
const plant = values.plant === undefined ? nothing : readPlant(values.plant)

if (values.help) console.log(usage)
else process.exitCode = values.seed === undefined ? await runMany(wholeNumber('--from', values.from), wholeNumber('--seeds', values.seeds)) : await runOne(wholeNumber('--seed', values.seed))

function readFaults(text: string): readonly FaultName[] {
  if (text === 'none') return []
  return text.split(',').map((name) => {
    const known = faultNames.find((one) => one === name)
    if (known === undefined) throw new Error(`There is no fault “${name}”.\n${usage}`)
    return known
  })
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${option} takes a whole number, not “${text}”.\n${usage}`)
  return value
}

function readPlant(name: string): typeof nothing {
  const known = Object.entries(plants).find(([one]) => one === name)?.[1]
  if (!known) throw new Error(`There is no such bug as “${name}”.\n${usage}`)
  return known
}

async function runMany(from: number, count: number): Promise<number> {
  const began = performance.now()
  let records = 0
  for (let seed = from; seed < from + count; seed += 1) {
    const run = await simulate(makePlan(seed, wishes), plant)
    records += run.history.length
    if (run.violations.length > 0) return report(run)
    if ((seed - from + 1) % 100 === 0 || seed + 1 === from + count) console.log(`${String(seed - from + 1)} of ${String(count)} seeds, ${String(records)} records, ${((performance.now() - began) / 1000).toFixed(0)} s: every promise kept`)
  }
  return 0
}

async function runOne(seed: number): Promise<number> {
  const plan = makePlan(seed, wishes)
  const run = await simulate(values.only === undefined ? plan : planWith(plan, values.only.split(',').map(Number)), plant)
  show(run)
  return run.violations.length === 0 ? 0 : 1
}

async function report(run: Run): Promise<number> {
  const { seed, steps } = run.plan
  console.log(`\nSeed ${String(seed)} breaks a promise; of its ${String(steps.length)} steps, the fewest that still do:`)
  const { run: smaller, kept } = await shrink(run, plant)
  show(smaller)
  console.log(`\nAgain, the whole run:   ${command(seed)}\nAgain, what is left:    ${command(seed)} --only ${kept.join(',')}`)
  return 1
}

function command(seed: number): string {
  const given = (['faults', 'plant'] as const).flatMap((name) => (values[name] === undefined ? [] : [`--${name} ${values[name]}`]))
  return ['npm run simulate --', `--seed ${String(seed)}`, ...given].join(' ')
}

function show({ plan, history, violations }: Run): void {
  for (const [index, { does, at, ...rest }] of plan.steps.entries()) if (does !== 'nothing') console.log(`  step ${String(index)}, at ${(at / 1000).toFixed(3)} s: ${does} ${JSON.stringify(rest)}`)
  console.log('')
  for (const line of renderTimeline(history)) console.log(line)
  console.log(violations.length === 0 ? '\nEvery promise kept.' : '')
  for (const { promise, what, proof } of violations) {
    console.log(`BROKEN ${promise}: ${what}\n  (${promises[promise]})`)
    for (const line of renderTimeline([{ kind: 'begin', at: history[0]?.at ?? 0, what: 'proof', clockTolerance: 0 }, ...proof]).slice(1)) console.log(`         ${line}`)
  }
  if (values.history !== undefined) writeFileSync(values.history, serializeHistory(history))
}
