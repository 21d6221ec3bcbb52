import { join, resolve } from 'node:path'
import type { Bus, Clock, IdSource, Secrets, Store, Timers } from '@beckon/core'
import { createLocalBus } from '../adapters/local-bus/local-bus.ts'
import { createLocalPresence, type LocalPresence } from '../adapters/local-presence/local-presence.ts'
import { openSqliteStore } from '../adapters/sqlite/open.ts'
import { createSystemClock } from '../adapters/system/clock.ts'
import { lockDataDir } from '../adapters/system/data-dir-lock.ts'
import { createIdSource } from '../adapters/system/ids.ts'
import { createSecrets } from '../adapters/system/secrets.ts'
import { createTimers } from '../adapters/system/timers.ts'
import type { Settings } from '../config/settings.ts'
import type { Log } from '../observability/log.ts'
import { createMetrics, type Metrics } from '../observability/metrics.ts'
import { version } from './version.ts'

export { DataDirInUse } from '../adapters/system/data-dir-lock.ts'

export interface Adapters {
  readonly store: Store
  readonly bus: Bus
  readonly presence: LocalPresence
  readonly clock: Clock
  readonly ids: IdSource
  readonly secrets: Secrets
  readonly timers: Timers
  readonly metrics: Metrics
}

/** The one place that knows which adapter stands behind which port. What has to be let go of goes onto the stack. */
export function openAdapters({ dataDir }: Pick<Settings, 'dataDir'>, log: Log, stack: AsyncDisposableStack): Adapters {
  const clock = createSystemClock()
  stack.use(lockDataDir(resolve(dataDir), process.pid))
  const store = stack.use(openSqliteStore({ file: databaseFile(dataDir), clock }))
  if (store.migrated.applied.length > 0) log.info({ from: store.migrated.from, to: store.migrated.to }, 'database migrated')
  const metrics = createMetrics({ version })
  const bus = createLocalBus({ onListenerError: (error) => log.error({ err: error }, 'a hint was not understood') })
  const stopTelling = store.onCommitted((batch) => {
    metrics.committed(batch)
    bus.publish({ kind: 'committed', batch })
  })
  stack.defer(stopTelling)
  return { store, bus, clock, metrics, presence: createLocalPresence(), ids: createIdSource(clock), secrets: createSecrets(), timers: createTimers() }
}

export function databaseFile(dataDir: string): string {
  return join(resolve(dataDir), 'beckon.db')
}
