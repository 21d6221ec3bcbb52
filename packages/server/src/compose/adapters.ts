import { join, resolve } from 'node:path'
import type { AttachmentFiles, IdentityProvider, IdSource, MediaProbe, Secrets, Timers } from '@beckon/core'
import { createLocalBus } from '../adapters/local-bus/local-bus.ts'
import { createLocalPresence } from '../adapters/local-presence/local-presence.ts'
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
import type { Engine } from './engine.ts'
import type { openAmongNodes } from './open-among-nodes.ts'
import { version } from './version.ts'

export { DataDirInUse } from '../adapters/system/data-dir-lock.ts'

export interface Adapters extends Engine {
  readonly ids: IdSource
  readonly secrets: Secrets
  readonly timers: Timers
  readonly metrics: Metrics
  readonly files: AttachmentFiles
  readonly probe: MediaProbe
  readonly identityProvider: IdentityProvider
}

/** The one place that knows which adapter stands behind which port. What has to be let go of goes onto the stack. */
export async function openAdapters(settings: Settings, log: Log, stack: AsyncDisposableStack): Promise<Adapters> {
  if (usesDataDir(settings)) stack.use(lockDataDir(resolve(settings.dataDir), process.pid))
  const timers = createTimers()
  const metrics = createMetrics({ version })
  const secrets = createSecrets(installationKey({ dataDir: resolve(settings.dataDir), secretKey: settings.secretKey }))
  const { databaseUrl, natsUrl } = settings
  const engine = databaseUrl === undefined ? openAlone(settings, log, stack) : await openShared({ databaseUrl, natsUrl }, { log, timers, metrics, secrets }, stack)
  const { store, bus, clock } = engine
  const stopTelling = store.onCommitted((batch) => {
    metrics.committed(batch)
    bus.publish({ kind: 'committed', batch })
  })
  stack.defer(stopTelling)
  const files = createAttachmentFiles(settings, clock)
  const identityProvider = createOpenIdProvider({ clock, fetch: createGuardedFetch({ allowPrivate: settings.allowPrivateTargets === 'true' }) })
  return { ...engine, metrics, files, probe: createMediaProbe(), ids: createIdSource(clock), secrets, identityProvider, timers }
}

/** One process, which has its data to itself. */
function openAlone({ dataDir }: Settings, log: Log, stack: AsyncDisposableStack): Engine {
  const clock = createSystemClock()
  const store = stack.use(openSqliteStore({ file: databaseFile(dataDir), clock }))
  if (store.migrated.applied.length > 0) log.info({ from: store.migrated.from, to: store.migrated.to }, 'database migrated')
  const bus = createLocalBus({ onListenerError: (error) => log.error({ err: error }, 'a hint was not understood') })
  return { store, bus, clock, log, presence: createLocalPresence(), follow: () => Promise.resolve() }
}

/** One of several processes. Most servers are alone, and start without the clients of PostgreSQL and NATS. */
const openShared: typeof openAmongNodes = async (...given) => (await import('./open-among-nodes.ts')).openAmongNodes(...given)

/** Whoever keeps the database, the files and the key elsewhere leaves no trace in the folder. */
function usesDataDir({ databaseUrl, attachmentsUrl, secretKey }: Settings): boolean {
  return databaseUrl === undefined || attachmentsUrl === undefined || secretKey === undefined
}

export function databaseFile(dataDir: string): string {
  return join(resolve(dataDir), 'beckon.db')
}
