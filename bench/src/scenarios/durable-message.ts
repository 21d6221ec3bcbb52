import type { SystemName } from '../systems/system-named.ts'
import type { Metric, Pace, Scenario } from './scenario.ts'
import { systemUnderJob } from './system-under-job.ts'

/** One durable message from end to end: sent, synced, acknowledged, received by the other side. */

const SYSTEMS: readonly SystemName[] = ['floor', 'socket-io', 'beckon-guest-sends', 'beckon-guest-sends-one-stream', 'beckon-backend-sends']

const RATE: Metric = { key: 'messagesPerSecond', label: 'msg/s', digits: 0 }
const COMMON: readonly Metric[] = [
  { key: 'p50Millis', label: 'p50 ms', digits: 2 },
  { key: 'p99Millis', label: 'p99 ms', digits: 2 },
  { key: 'serverMicros', label: 'server µs/msg', digits: 0 },
  { key: 'generatorMicros', label: 'generator µs/msg', digits: 0 },
]
export const CLOSED_LOOP_METRICS: readonly Metric[] = [RATE, ...COMMON]

export const onePairOneInFlight = closedLoopScenario('pair-1', 'Durable message, 1 pair, 1 in flight', { pairs: 1, inFlight: 1, systems: SYSTEMS })
export const onePairManyInFlight = closedLoopScenario('pair-64', 'Durable messages, 1 pair, 64 in flight', { pairs: 1, inFlight: 64, systems: SYSTEMS })
export const manyPairs = closedLoopScenario('pairs-100', 'Durable messages, 100 pairs, 4 in flight each', { pairs: 100, inFlight: 4, systems: SYSTEMS })

export const openLoopScenario: Scenario = {
  name: 'open-loop',
  title: 'Durable messages at 2,000 a second by the clock, 100 pairs',
  metrics: COMMON,
  baseline: 'floor',
  contestants: SYSTEMS.map((name) => systemUnderJob(name, {
    job: 'open-loop', options: (pace) => ({ pairs: 100, messagesPerSecond: 2000, ...duration(pace) }),
  })),
}

export interface ClosedLoopPlan {
  readonly pairs: number
  readonly inFlight: number
  readonly systems: readonly SystemName[]
  /** What ratios are against, unless it is the floor. */
  readonly baseline?: SystemName
  /** Shown beside the common ones. */
  readonly metrics?: readonly Metric[]
}

export function closedLoopScenario(name: string, title: string, { systems, baseline = 'floor', metrics = [], ...shape }: ClosedLoopPlan): Scenario {
  return {
    name,
    title,
    metrics: [...CLOSED_LOOP_METRICS, ...metrics],
    baseline,
    contestants: systems.map((system) => systemUnderJob(system, { job: 'closed-loop', options: (pace) => ({ ...shape, ...duration(pace) }) })),
  }
}

export function duration(pace: Pace): { readonly warmupMillis: number; readonly measureMillis: number } {
  return pace === 'full' ? { warmupMillis: 2000, measureMillis: 5000 } : { warmupMillis: 1000, measureMillis: 2000 }
}
