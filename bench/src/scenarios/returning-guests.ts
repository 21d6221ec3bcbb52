import type { SystemName } from '../systems/system-named.ts'
import type { Metric, Scenario } from './scenario.ts'
import type { JobPlan } from './system-under-job.ts'
import { systemUnderJob } from './system-under-job.ts'

export const DRAIN: JobPlan = { job: 'drain', options: () => ({ guests: 100, messagesEach: 100 }) }
export const DRAIN_METRICS: readonly Metric[] = [
  { key: 'seconds', label: 'seconds', digits: 2 }, { key: 'messagesPerSecond', label: 'msg/s', digits: 0 }, { key: 'serverMicros', label: 'server µs/msg', digits: 0 },
]

const SYSTEMS: readonly SystemName[] = ['floor', 'socket-io', 'beckon']
const SECONDS: Metric = { key: 'seconds', label: 'seconds', digits: 2 }

export const drainScenario = scenario('drain', '10,000 stored messages to 100 returning guests', {
  metrics: DRAIN_METRICS,
  plan: DRAIN,
})

export const reconnectStormScenario = scenario('reconnect-storm', '10,000 guests lose their connection, come back and resume', {
  metrics: [SECONDS, { key: 'serverMicros', label: 'server µs/guest', digits: 0 }],
  plan: { job: 'reconnect-storm', options: () => ({ guests: 10_000 }) },
})

export const idleMemoryScenario = scenario('idle-memory', 'Server memory per idle guest connection, 10,000 connected', {
  metrics: [{ key: 'bytesPerConnection', label: 'bytes/connection', digits: 0 }, { key: 'residentMegabytes', label: 'RSS MB', digits: 0 }],
  plan: {
    job: 'idle-memory',
    options: (pace) => ({ few: 2000, many: 10_000, settleMillis: pace === 'full' ? 5000 : 2000 }),
  },
})

function scenario(name: string, title: string, { metrics, plan }: { readonly metrics: readonly Metric[]; readonly plan: JobPlan }): Scenario {
  return { name, title, metrics, baseline: 'floor', contestants: SYSTEMS.map((system) => systemUnderJob(system, plan)) }
}
