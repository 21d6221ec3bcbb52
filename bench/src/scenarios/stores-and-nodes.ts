import type { SystemName } from '../systems/system-named.ts'
import { CLOSED_LOOP_METRICS, closedLoopScenario, duration } from './durable-message.ts'
import { DRAIN, DRAIN_METRICS } from './returning-guests.ts'
import type { Metric, Scenario } from './scenario.ts'
import { systemUnderJob } from './system-under-job.ts'

/** The embedded store beside PostgreSQL, and one node beside several. */

const PARTS: readonly Metric[] = [
  { key: 'nodeMicros', label: 'nodes', digits: 0 },
  { key: 'postgresMicros', label: 'PostgreSQL', digits: 0 },
  { key: 'natsMicros', label: 'NATS', digits: 0 },
]

const STORES: readonly SystemName[] = ['beckon-guest-sends', 'postgres-guest-sends', 'beckon-backend-sends', 'postgres-backend-sends']
const STORES_PLAN = { systems: STORES, baseline: 'beckon-guest-sends', metrics: PARTS } as const
const NODES: readonly SystemName[] = ['postgres-guest-sends', 'nodes-1-nats', 'nodes-2-nats', 'nodes-3-nats', 'nodes-2', 'nodes-3']
const NODES_PLAN = { systems: NODES, baseline: 'nodes-1-nats', metrics: PARTS } as const

export const storesOnePair = closedLoopScenario('stores-pair-1', 'SQLite and PostgreSQL: 1 pair, 1 in flight', { pairs: 1, inFlight: 1, ...STORES_PLAN })
export const storesManyPairs = closedLoopScenario('stores-pairs-100', 'SQLite and PostgreSQL: 100 pairs, 4 in flight each', { pairs: 100, inFlight: 4, ...STORES_PLAN })
export const nodesOnePair = closedLoopScenario('nodes-pair-1', 'One node and several, sender and receiver on different ones: 1 pair, 1 in flight', { pairs: 1, inFlight: 1, ...NODES_PLAN })
export const nodesManyPairs = closedLoopScenario('nodes-pairs-100', 'One node and several, sender and receiver on different ones: 100 pairs, 4 in flight each', { pairs: 100, inFlight: 4, ...NODES_PLAN })

/** As many pairs for each node: what a message costs where every node has as much to do as the one had alone. */
const GROWN: readonly (readonly [SystemName, number])[] = [['nodes-1-nats', 1], ['nodes-2-nats', 2], ['nodes-3-nats', 3], ['strangers-3-nats', 3], ['nodes-2', 2], ['nodes-3', 3]]

export const nodesGrown: Scenario = {
  name: 'nodes-grown',
  title: 'One node and several, sender and receiver on different ones: 100 pairs for each node, 4 in flight each',
  metrics: [...CLOSED_LOOP_METRICS, ...PARTS],
  baseline: 'nodes-1-nats',
  contestants: GROWN.map(([system, nodes]) => systemUnderJob(system, { job: 'closed-loop', options: (pace) => ({ pairs: 100 * nodes, inFlight: 4, ...longer(duration(pace)) }) })),
}

/** A third of the messages warms a node up in three times the time. */
function longer({ warmupMillis, measureMillis }: ReturnType<typeof duration>): ReturnType<typeof duration> {
  return { warmupMillis: 3 * warmupMillis, measureMillis: 2 * measureMillis }
}

const DRAINED: readonly SystemName[] = ['beckon', 'postgres', 'nodes-3-nats']

export const storesDrain: Scenario = {
  name: 'stores-drain',
  title: 'SQLite and PostgreSQL: 10,000 stored messages to 100 returning guests',
  metrics: [...DRAIN_METRICS, ...PARTS],
  baseline: 'beckon',
  contestants: DRAINED.map((system) => systemUnderJob(system, DRAIN)),
}
