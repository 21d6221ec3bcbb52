import { join, resolve } from 'node:path'
import type { AttachmentFiles, Bus, Clock, IdentityProvider, IdSource, MediaProbe, Secrets, Store, Timers } from '@beckon/core'
import { createLocalBus } from '../adapters/local-bus/local-bus.ts'
import { createLocalPresence, type LocalPresence } from '../adapters/local-presence/local-presence.ts'
import { createMediaProbe } from '../adapters/media-probe/media-probe.ts'
import { createOpenIdProvider } from '../adapters/openid/open-id-provider.ts'
import { createGuardedFetch } from '../adapters/outbound/guarded-fetch.ts'
import { openSqliteStore } from '../adapters/sqlite/open.ts'
import { createSystemClock } from '../adapters/system/clock.ts'
import { lockDataDir } from '../adapters/system/data-dir-lock.ts'
import { createIdSource } from '../adapters/system/ids.ts'
import { installationKey } from '../adapters/system/installation-key.ts'
import { createSecrets } from '../adapters/system/secrets.ts'
import { createTimers } from '../adapters/system/timers.ts'
import type { Settings } from '../config/settings.ts'
import type { Log } from '../observability/log.ts'
import { createMetrics, type Metrics } from '../observability/metrics.ts'
import { createAttachmentFiles } from './attachment-files.ts'
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
  readonly files: AttachmentFiles
  readonly probe: MediaProbe
  readonly identityProvider: IdentityProvider
}

/** The one place that knows which adapter stands behind which port. What has to be let go of goes onto the stack. */
export function openAdapters(settings: Settings, log: Log, stack: AsyncDisposableStack): Adapters {
  const { dataDir } = settings
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
  const files = createAttachmentFiles(settings, clock)
  const secrets = createSecrets(installationKey({ dataDir: resolve(dataDir), secretKey: settings.secretKey }))
  const identityProvider = createOpenIdProvider({ clock, fetch: createGuardedFetch({ allowPrivate: settings.allowPrivateTargets === 'true' }) })
  return { store, bus, clock, metrics, files, probe: createMediaProbe(), presence: createLocalPresence(), ids: createIdSource(clock), secrets, identityProvider, timers: createTimers() }
}

export function databaseFile(dataDir: string): string {
  return join(resolve(dataDir), 'beckon.db')
}
