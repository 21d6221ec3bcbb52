import type { Figures } from '../load/run-job.ts'

export interface Scenario {
  readonly name: string
  readonly title: string
  readonly metrics: readonly Metric[]
  /** Whose figures the ratios of this scenario are against. */
  readonly baseline: string
  readonly contestants: readonly Contestant[]
}

export interface Metric {
  readonly key: string
  readonly label: string
  readonly digits: number
}

export interface Contestant {
  readonly name: string
  readonly label: string
  run(pace: Pace): Promise<Figures>
}

export type Pace = 'full' | 'quick'
