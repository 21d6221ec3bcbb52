import { runJob } from '../load/run-job.ts'
import { processIds } from '../process-accounting.ts'
import { countSyncs } from '../services/sync-counter.ts'
import type { SystemName } from '../systems/system-named.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import type { Contestant, Scenario } from './scenario.ts'
import { freshSystem } from './system-under-job.ts'

const SYSTEMS: readonly SystemName[] = [
  'floor', 'beckon-guest-sends', 'postgres-guest-sends', 'mosquitto', 'mosquitto-persistent', 'mosquitto-autosave', 'jetstream', 'ejabberd', 'ejabberd-mnesia', 'ejabberd-sqlite',
]

/** Whether an acknowledgement means that the disk has the message: with one message in flight, whoever syncs before it does so at least once a message. */
export const syncsScenario: Scenario = {
  name: 'syncs',
  title: 'How often the disk is synced, 1 pair, 1 in flight (counted by strace, which slows everything)',
  metrics: [
    { key: 'syncsPerMessage', label: 'syncs/message', digits: 3 },
    { key: 'messages', label: 'messages', digits: 0 },
    { key: 'syncs', label: 'syncs', digits: 0 },
  ],
  baseline: 'floor',
  contestants: SYSTEMS.map(contestant),
}

function contestant(name: SystemName): Contestant {
  return freshSystem(name, async ({ target }, pace) => {
    using notes = temporaryFolder()
    const measureMillis = pace === 'full' ? 5000 : 2500
    const counter = await countSyncs(target.processes.flatMap(({ pid }) => processIds(pid)), notes.path)
    const { messagesPerSecond = Number.NaN } = await runJob({ job: 'closed-loop', target, options: { pairs: 1, inFlight: 1, warmupMillis: 0, measureMillis } })
    const syncs = await counter.stop()
    const messages = messagesPerSecond * measureMillis / 1000
    return { syncsPerMessage: syncs / messages, messages, syncs }
  })
}
