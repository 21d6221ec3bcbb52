import { manyPairs, onePairManyInFlight, onePairOneInFlight, openLoopScenario } from './durable-message.ts'
import { proactiveSend } from './proactive-send.ts'
import { drainScenario, idleMemoryScenario, reconnectStormScenario } from './returning-guests.ts'
import type { Scenario } from './scenario.ts'
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
]
