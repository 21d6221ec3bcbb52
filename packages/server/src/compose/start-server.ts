import { createUseCases } from '@beckon/core'
import { developmentDefaults } from '../config/development.ts'
import { loadSettings, type Environment } from '../config/load.ts'
import type { Settings } from '../config/settings.ts'
import { createLog } from '../observability/log.ts'
import { openAdapters } from './adapters.ts'
import { watchAppointments } from '../worker/appointment-watch.ts'
import { bootstrap } from './bootstrap.ts'
import { drain } from './drain.ts'
import { createEdges } from './edges.ts'
import { reserveAddress } from './reserve-address.ts'
import { createRunningServer, type PreparedDemo, type RunningServer } from './running-server.ts'
import { startWorker } from './start-worker.ts'

export interface StartServer {
  readonly env: Environment
  /** Begin with development defaults where nothing is set: an OAuth client, a desk login, a deployment. */
  readonly demo?: boolean
}

/**
 * Starts everything, in the order in which one thing needs another, and resolves when callers are served. Rejects with
 * `ConfigError`, `DataDirInUse` or `StoreUnavailable`, leaving nothing behind.
 */
export async function startServer({ env, demo = false }: StartServer): Promise<RunningServer> {
  const { settings, warnings } = loadSettings(env, demo ? developmentDefaults : {})
  const ownLog = createLog(settings.logLevel)
  for (const warning of warnings) ownLog.warn(warning)
  await using starting = new AsyncDisposableStack()

  const adapters = await openAdapters(settings, ownLog, starting)
  const { log } = adapters
  const useCases = createUseCases(adapters)
  const address = await reserveAddress(settings)
  starting.defer(address.release)
  const publicUrl = settings.publicUrl ?? address.url
  const appointments = starting.use(watchAppointments({ ...adapters, reader: adapters.store, onLooked: adapters.metrics.appointmentsOverdue }))
  const edges = createEdges({ ...adapters, useCases, settings, publicUrl, appointments })
  starting.defer(() => drain(edges, settings, log))
  await Promise.all([bootstrap({ ...adapters, useCases }, settings, [publicUrl, address.url]), edges.app.ready()])
  await adapters.follow(edges.guests ?? noSockets)
  const worker = settings.role === 'web' ? undefined : starting.use(startWorker({ ...adapters, useCases }))
  await address.release()
  await edges.app.listen({ host: address.host, port: address.port })

  log.info({ url: address.url, publicUrl, role: settings.role, dataDir: settings.dataDir }, 'serving')
  return createRunningServer({ url: address.url, stack: starting.move(), broken: worker?.broken, demo: demo ? preparedDemo(settings) : undefined })
}

/** A worker's. */
const noSockets = { sessionsOf: () => [] }

function preparedDemo(settings: Settings): PreparedDemo {
  const { bootstrapClientId = '', bootstrapClientSecret = '', bootstrapAdminPassword = '', bootstrapDeploymentId = '' } = settings
  return { clientId: bootstrapClientId, clientSecret: bootstrapClientSecret, adminName: 'admin', adminPassword: bootstrapAdminPassword, deploymentId: bootstrapDeploymentId }
}
