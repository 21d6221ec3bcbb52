import type { JobPlan } from './system-under-job.ts'
import type { Scenario } from './scenario.ts'
import { systemUnderJob } from './system-under-job.ts'

const plan: JobPlan = {
  job: 'rest-sends',
  options: (pace) => ({ inFlight: 64, contacts: 1000, ...(pace === 'full' ? { warmupMillis: 2000, measureMillis: 5000 } : { warmupMillis: 1000, measureMillis: 2000 }) }),
}
const withKey: JobPlan = { ...plan, options: (pace) => ({ ...plan.options(pace), withIdempotencyKey: 1 }) }

/** What the backend's job does: one POST per customer who is away. Beside it, what the web framework alone can do. */
export const proactiveSend: Scenario = {
  name: 'proactive-send',
  title: 'Proactive sends over REST, durable, 64 in flight',
  metrics: [
    { key: 'sendsPerSecond', label: 'sends/s', digits: 0 },
    { key: 'p50Millis', label: 'p50 ms', digits: 2 },
    { key: 'p99Millis', label: 'p99 ms', digits: 2 },
    { key: 'serverMicros', label: 'server µs/send', digits: 0 },
  ],
  baseline: 'empty-post',
  contestants: [
    systemUnderJob('empty-post', plan),
    systemUnderJob('beckon', plan),
    { ...systemUnderJob('beckon', withKey), name: 'beckon-with-key', label: 'Beckon, with Idempotency-Key' },
  ],
}
