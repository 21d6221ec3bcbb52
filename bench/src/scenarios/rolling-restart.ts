import { setTimeout as sleep } from 'node:timers/promises'
import { runJob } from '../load/run-job.ts'
import { must } from '../must.ts'
import type { SystemName } from '../systems/system-named.ts'
import type { Contestant, Metric, Scenario } from './scenario.ts'
import { freshSystem } from './system-under-job.ts'

const SYSTEMS: readonly SystemName[] = ['nodes-3-nats', 'nodes-3']

/** Three nodes are restarted one after the other while a backend sends 300 messages a second to 100 guests by the clock. */
export const rollingRestart: Scenario = {
  name: 'rolling-restart',
  title: 'Three nodes restarted one after the other, 300 messages a second by the clock',
  metrics: [
    ...(['before', 'during', 'after'] as const).flatMap((phase): readonly Metric[] => [
      { key: `${phase}P50`, label: `${phase}: p50 ms`, digits: 1 },
      { key: `${phase}P99`, label: 'p99', digits: 1 },
      { key: `${phase}Max`, label: 'longest', digits: 0 },
      { key: `${phase}ReceivedP99`, label: 'received p99', digits: 1 },
    ]),
    { key: 'restartSeconds', label: 'restarts took s', digits: 1 },
    { key: 'sends', label: 'sends', digits: 0 },
    { key: 'retried', label: 'retried', digits: 0 },
    { key: 'failed', label: 'failed', digits: 0 },
    { key: 'lost', label: 'lost', digits: 0 },
    { key: 'twice', label: 'received twice', digits: 0 },
  ],
  baseline: 'nodes-3-nats',
  contestants: SYSTEMS.map(contestant),
}

function contestant(name: SystemName): Contestant {
  return freshSystem(name, async (running, pace) => {
    const restartNodes = must(running.restartNodes, 'nodes to restart')
    const calmMillis = pace === 'full' ? 10_000 : 6000
    let restartSeconds = 0
    const figures = await runJob({ job: 'steady-sends', target: running.target, options: { guests: 100, messagesPerSecond: 300 } }, async (tell) => {
      await sleep(calmMillis)
      tell('during')
      const start = performance.now()
      await restartNodes()
      restartSeconds = (performance.now() - start) / 1000
      tell('after')
      await sleep(calmMillis)
      tell('over')
    })
    return { ...figures, restartSeconds }
  })
}
