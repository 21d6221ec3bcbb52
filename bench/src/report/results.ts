import type { Figures } from '../load/run-job.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { median } from '../statistics.ts'

/** Everything a run of the bench found, as it is kept in `results/latest.json`. */
export interface Results {
  readonly measuredAt: string
  readonly pace: string
  readonly rounds: number
  readonly machine: Readonly<Record<string, string>>
  readonly scenarios: readonly ScenarioResult[]
}

export interface ScenarioResult {
  readonly name: string
  readonly title: string
  readonly rows: readonly Row[]
  /** Contestants that this machine cannot run, and why. */
  readonly leftOut: readonly string[]
}

export interface Row {
  readonly name: string
  readonly label: string
  /** Medians over the rounds. */
  readonly figures: Figures
  /** Each round's figures, in order. */
  readonly rounds: readonly Figures[]
}

export function summarise(scenario: Scenario, runs: ReadonlyMap<string, readonly Figures[]>, leftOut: readonly string[]): ScenarioResult {
  const rows = scenario.contestants.flatMap(({ name, label }) => {
    const rounds = runs.get(name) ?? []
    return rounds.length === 0 ? [] : [{ name, label, rounds, figures: medians(rounds) }]
  })
  return { name: scenario.name, title: scenario.title, rows, leftOut }
}

function medians(rounds: readonly Figures[]): Figures {
  const keys = Object.keys(rounds[0] ?? {})
  return Object.fromEntries(keys.map((key) => [key, median(rounds.map((figures) => figures[key] ?? Number.NaN))]))
}
