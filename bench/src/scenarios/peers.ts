import type { SystemName } from '../systems/system-named.ts'
import { closedLoopScenario } from './durable-message.ts'
import { DRAIN, DRAIN_METRICS } from './returning-guests.ts'
import type { Scenario } from './scenario.ts'
import { systemUnderJob } from './system-under-job.ts'

/** Servers of Debian's, doing the nearest to what Beckon does. What each of them promises with its acknowledgement is in the README. */

const SYSTEMS: readonly SystemName[] = [
  'beckon-guest-sends', 'postgres-guest-sends',
  'mosquitto', 'mosquitto-persistent', 'mosquitto-autosave', 'jetstream', 'ejabberd', 'ejabberd-mnesia', 'ejabberd-sqlite',
]

/** It commits and syncs every message by itself: 10,000 of them would outlast a job. */
const TOO_SLOW_TO_DRAIN: readonly SystemName[] = ['ejabberd-sqlite']

const baseline = 'beckon-guest-sends'

export const peersOnePair = closedLoopScenario('peers-pair-1', 'Beside servers of Debian\'s: 1 pair, 1 in flight', { pairs: 1, inFlight: 1, systems: SYSTEMS, baseline })
export const peersManyPairs = closedLoopScenario('peers-pairs-100', 'Beside servers of Debian\'s: 100 pairs, 4 in flight each', { pairs: 100, inFlight: 4, systems: SYSTEMS, baseline })

export const peersDrain: Scenario = {
  name: 'peers-drain',
  title: 'Beside servers of Debian\'s: 10,000 stored messages to 100 returning receivers',
  metrics: DRAIN_METRICS,
  baseline,
  contestants: SYSTEMS.filter((system) => !TOO_SLOW_TO_DRAIN.includes(system)).map((system) => systemUnderJob(system, DRAIN)),
}
