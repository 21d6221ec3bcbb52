import { manyPairs, onePairManyInFlight, onePairOneInFlight, openLoopScenario } from './durable-message.ts'
import { growthScenario } from './growth.ts'
import { peersDrain, peersManyPairs, peersOnePair } from './peers.ts'
import { proactiveSend } from './proactive-send.ts'
import { drainScenario, idleMemoryScenario, reconnectStormScenario } from './returning-guests.ts'
import { rollingRestart } from './rolling-restart.ts'
import { syncsScenario } from './syncs.ts'
import type { Scenario } from './scenario.ts'
import { nodesGrown, nodesManyPairs, nodesOnePair, storesDrain, storesManyPairs, storesOnePair } from './stores-and-nodes.ts'
import { coldStartScenario, lastFiftyScenario } from './stored-log.ts'

export const scenarios: readonly Scenario[] = [
  onePairOneInFlight,
  onePairManyInFlight,
  manyPairs,
  openLoopScenario,
  proactiveSend,
  drainScenario,
  idleMemoryScenario,
  reconnectStormScenario,
  lastFiftyScenario,
  coldStartScenario,
  peersOnePair,
  peersManyPairs,
  peersDrain,
  storesOnePair,
  storesManyPairs,
  storesDrain,
  nodesOnePair,
  nodesManyPairs,
  nodesGrown,
  rollingRestart,
  syncsScenario,
  growthScenario,
]
