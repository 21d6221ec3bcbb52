import type { Secrets, Timers } from '@beckon/core'
import { createLocalBus } from '../adapters/local-bus/local-bus.ts'
import { openNatsWire } from '../adapters/nats/nats-wire.ts'
import { createExchange } from '../adapters/node-bus/exchange.ts'
import { createNodeBus } from '../adapters/node-bus/node-bus.ts'
import { createOwnCommits, watchCommits } from '../adapters/node-bus/own-commits.ts'
import { createNodePresence } from '../adapters/node-bus/node-presence.ts'
import { openNotifyWire } from '../adapters/postgres/notify/notify-wire.ts'
import type { MigrationStep } from '../adapters/postgres/migrate.ts'
import { isStoreLost } from '../adapters/postgres/failure.ts'
import { openPostgresStore } from '../adapters/postgres/open.ts'
import { createIdSource } from '../adapters/system/ids.ts'
import { createSharedClock } from '../adapters/system/shared-clock.ts'
import { createSignedWire } from '../adapters/wire/signed-wire.ts'
import type { Wire } from '../adapters/wire/wire.ts'
import type { Settings } from '../config/settings.ts'
import type { Log } from '../observability/log.ts'
import { watchOutage } from '../observability/outage.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { NodeMetrics } from '../observability/node-metrics.ts'
import type { Engine } from './engine.ts'
import { reachDatabase } from './reach-database.ts'

type NodeSettings = Required<Pick<Settings, 'databaseUrl'>> & { readonly natsUrl: string | undefined }

interface Given {
  readonly log: Log
  readonly timers: Timers
  readonly metrics: Metrics
  readonly secrets: Pick<Secrets, 'deriveKey' | 'hash'>
}

/** Further off than a machine that keeps its time should be. Nodes agree all the same; other programs on it may not. */
const worthAWarning = 1000

/** A node of an installation that has its data in PostgreSQL, with others or still alone. */
export async function openAmongNodes(settings: NodeSettings, given: Given, stack: AsyncDisposableStack): Promise<Engine> {
  const { timers } = given
  let { log } = given
  const metrics = given.metrics.amongNodes()
  const clock = stack.use(createSharedClock({
    timers,
    onMeasured: warnOfSkew(log, metrics),
    onFailed: (error) => log.warn({ err: error }, 'the database’s clock could not be read; time goes on as last measured'),
  }))
  const ids = createIdSource(clock)
  const store = stack.use(await reachDatabase(() => openPostgresStore({ url: settings.databaseUrl, clock, timers, ids, keyPrint: given.secrets.hash(keyOf(given.secrets)), onStep: sayStep(given.log) })))
  if (!store.hasSharedKey) log.error('this node has another BECKON_SECRET_KEY than the first that opened this database: it hears no other node, and cannot open what they sealed. Where the old key is lost for good: DELETE FROM meta WHERE name = \'key\'')
  if (store.migrated.applied.length > 0) log.info({ from: store.migrated.from, to: store.migrated.to }, 'database migrated')
  log = stack.use(watchOutage({ isLost: isStoreLost, ping: () => store.ping(), clock, timers, log })).log
  await clock.follow(() => store.time())

  const node = ids.next()
  const wire = stack.use(openWire(settings, { ...given, node, metrics }))
  const exchange = stack.use(createExchange({ wire, node, metrics }))
  const local = createLocalBus({ onListenerError: (error) => log.error({ err: error }, 'a hint was not understood') })
  const onAway = (error: unknown): void => log.warn({ err: error }, 'the feed could not be followed and will be tried again')
  const ownCommits = createOwnCommits()
  const presence = stack.use(createNodePresence({ exchange, clock, timers, metrics }))
  const bus = stack.use(createNodeBus({ local, exchange, presence, reader: store, clock, timers, metrics, ownCommits, onAway }))
  log.info({ node }, 'this node has a name')
  return {
    bus, presence, clock, log,
    store: watchCommits(store, ownCommits),
    async follow(sockets) {
      await bus.follow(sockets)
      presence.start()
    },
  }
}

/** A long migration, or another node's, must not look like a server that hangs. */
function sayStep(log: Log): (step: MigrationStep) => void {
  return (step) => (step.kind === 'applying' ? log.info({ migration: step.name }, 'migrating the database') : log.info({ why: step.why }, 'waiting to migrate the database'))
}

function openWire({ databaseUrl, natsUrl }: NodeSettings, { node, log, timers, secrets, metrics }: Omit<Given, 'metrics'> & { readonly node: string; readonly metrics: NodeMetrics }): Wire {
  const given = {
    node, log, timers,
    installation: installationOf(databaseUrl, secrets),
    onChange: metrics.wireUp,
    onListenerError: (error: unknown) => log.error({ err: error }, 'what another node said was not understood'),
  }
  const wire = natsUrl === undefined ? openNotifyWire({ url: databaseUrl, ...given }) : openNatsWire({ url: natsUrl, ...given })
  return createSignedWire({ wire, key: secrets.deriveKey(`wire of ${given.installation}`), onForged: () => metrics.heard('forged') })
}

/**
 * What the nodes of this installation have in common and others on the same bus do not: their key and their database's
 * name. Not the log's epoch, which changes while they run when another database server takes over.
 */
function installationOf(databaseUrl: string, { deriveKey, hash }: Given['secrets']): string {
  return hash(`${keyOf({ deriveKey })} ${new URL(databaseUrl).pathname}`).slice(0, 16)
}

function keyOf({ deriveKey }: Pick<Secrets, 'deriveKey'>): string {
  return Buffer.from(deriveKey('nodes')).toString('hex')
}

function warnOfSkew(log: Log, metrics: Pick<NodeMetrics, 'clockAhead'>): (ahead: number) => void {
  let isOff = false
  return (ahead) => {
    metrics.clockAhead(ahead / 1000)
    const wasOff = isOff
    isOff = Math.abs(ahead) > worthAWarning
    if (isOff && !wasOff) log.warn({ aheadMs: Math.round(ahead) }, 'this machine’s clock is not the database’s; nodes go by the database’s')
  }
}
