import { toId, type DeploymentId } from '@beckon/core'
import { aDeployment, newYear } from '@beckon/core/testing'
import { createBackend } from '../clients/backend.ts'
import { createFeedReader } from '../clients/feed-reader.ts'
import { checkHistory } from '../history/check.ts'
import type { HistoryRecord } from '../history/record.ts'
import type { Violation } from '../history/violation.ts'
import type { Plan } from '../plan/step.ts'
import { nothing, type Plant } from '../plants/plant.ts'
import { createChance } from '../world/chance.ts'
import { createCluster, type Cluster } from '../world/cluster.ts'
import { createVirtualTime } from '../world/virtual-time.ts'
import { createActors } from './actors.ts'
import { createFaults } from './faults.ts'
import { storedIn } from './stored-in.ts'

export interface Run {
  readonly plan: Plan
  readonly history: readonly HistoryRecord[]
  readonly violations: readonly Violation[]
}

/** Then all is quiet, for longer than every lease, heartbeat and backoff that something may wait for. */
const peaceMs = 45_000
/** What is under way when peace begins needs a moment: repeated requests, leases of nodes that died, sockets that nobody has missed yet. */
const settlingMs = 55_000
const startMs = newYear
/** Nodes know the store's time within half of the quickest of a few round trips, and a store that is slow answers none quickly. */
const sharedClockMs = 2000

/** Runs a plan from the beginning to the end of its peace, and judges what everybody saw. */
export async function simulate(plan: Plan, plant: Plant = nothing): Promise<Run> {
  const time = createVirtualTime(startMs)
  const deploymentId = toId<'deployment'>('the-deployment')
  const cluster = createCluster({ time, seed: plan.seed, skews: plan.skews, plant, deploymentId })
  await openShop(cluster, deploymentId)
  const { recorder } = cluster
  recorder.add({ kind: 'begin', what: 'simulation', seed: plan.seed, clockTolerance: plan.skews.every((skew) => skew === 0) ? 0 : sharedClockMs })
  for (const index of plan.skews.keys()) void cluster.start(index)

  const readers = Array.from({ length: plan.readers }, (_, index) => createFeedReader({ time, cluster, chance: createChance(plan.seed, `reader ${String(index)}`), name: `reader-${String(index + 1)}` }))
  const backend = createBackend({ time, cluster, seed: plan.seed })
  const actors = createActors({ time, cluster, plan, backend, readers, deploymentId })
  const faults = createFaults({ time, cluster })
  for (const [index, step] of plan.steps.entries()) {
    time.after(step.at, () => {
      if (!faults.make(step)) actors.act(step, index)
    })
  }
  await time.runUntil(startMs + plan.lastsMs)
  await faults.heal()
  actors.comeTogether()
  const quietSince = time.now() + settlingMs
  await time.runUntil(quietSince + peaceMs)
  for (const stored of await storedIn(cluster.engine.store)) recorder.add(stored)
  recorder.add({ kind: 'end', quietSince })
  for (const place of cluster.places) place.life.end()
  return { plan, history: recorder.records, violations: checkHistory(recorder.records) }
}

/** Rates that no run means to meet, and everything else as a business finds it. */
async function openShop({ engine }: Cluster, id: DeploymentId): Promise<void> {
  const limits = { messagesPerSecond: 10_000, requestsPerMinute: 100_000, configuresPerMinute: 10_000, connectionsPerMinute: 10_000, connectionsPerSession: 10 }
  const deployment = aDeployment({ id, allowedDomains: ['*'], limits })
  await engine.store.transact({ need: {}, decide: () => ({ result: undefined, changes: [{ kind: 'put-deployment', deployment }] }) })
}
