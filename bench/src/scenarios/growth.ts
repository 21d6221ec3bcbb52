import { mkdirSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BeckonTarget } from '../load/driver.ts'
import type { Figures } from '../load/run-job.ts'
import { runJob } from '../load/run-job.ts'
import { STORED_GUESTS } from '../load/stored-guest.ts'
import { fillDatabase } from '../seed/postgres/fill-database.ts'
import { makeTemplate } from '../seed/postgres/make-template.ts'
import { ENTRIES_EACH } from '../seed/postgres/thread-shape.ts'
import { CannotRun } from '../services/binaries.ts'
import type { PostgresCluster } from '../services/postgres.ts'
import { startPostgres } from '../services/postgres.ts'
import { createUnlimitedDeployment, fetchAccessToken, startNode } from '../systems/beckon.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import type { Contestant, Metric, Pace, Scenario } from './scenario.ts'
import { duration } from './durable-message.ts'

/** Ten thousand times as much in the store: what a message and a look cost must not tell. Each store is filled once in a run and serves every round. */

const SMALL = 5000
const LARGER = [500_000, 5_000_000] as const
const HUGE = 50_000_000
const DATABASE = 'beckon'
/** What an entry takes with its event and their indexes, and half as much again while indexes are built. */
const BYTES_EACH = 1200

const KINDS = [['lastFifty', 'last 50'], ['guest', 'guest returns'], ['feed', 'feed page'], ['desk', 'desk list']] as const

export const growthScenario: Scenario = {
  name: 'growth',
  title: 'PostgreSQL with more and more stored: 25 returned guests write, 16 in flight each; then reads, one at a time',
  metrics: [
    { key: 'serverMicros', label: 'server µs/msg', digits: 0 },
    { key: 'nodeMicros', label: 'node', digits: 0 },
    { key: 'postgresMicros', label: 'PostgreSQL', digits: 0 },
    { key: 'messagesPerSecond', label: 'msg/s', digits: 0 },
    ...KINDS.flatMap(([key, label]): readonly Metric[] => [{ key: `${key}P50`, label: `${label}: p50 ms`, digits: 2 }, { key: `${key}Micros`, label: 'server µs', digits: 0 }]),
    { key: 'lastFiftyFirst', label: 'first last 50, ms', digits: 2 },
    { key: 'gigabytes', label: 'GB', digits: 2 },
  ],
  baseline: nameOf(SMALL),
  contestants: [contestant(SMALL), ...LARGER.map((entries) => contestant(entries)), contestant(HUGE)],
}

function nameOf(entries: number): string {
  return `stored-${entries}`
}

function contestant(entries: number): Contestant {
  return {
    name: nameOf(entries),
    label: `${entries.toLocaleString('en-US')} entries`,
    run: async (pace) => {
      assertFits(entries, pace)
      return await measure(await filledStore(entries), entries, pace)
    },
  }
}

/** The largest store takes ten minutes and the disk of a small machine: a quick run leaves it out, and says so. */
function assertFits(entries: number, pace: Pace): void {
  if (entries > SMALL && pace === 'quick' && entries !== LARGER[0]) throw new CannotRun('a quick run stops at half a million')
  const { bavail, bsize } = statfsSync(tmpdir())
  if (!filled.has(entries) && bavail * bsize < entries * BYTES_EACH) throw new CannotRun(`${Math.ceil(entries * BYTES_EACH / 1e9)} GB of disk are needed in ${tmpdir()}`)
}

interface FilledStore {
  readonly folder: string
  readonly deploymentId: string
}

const filled = new Map<number, Promise<FilledStore>>()
const folders = new DisposableStack()
process.on('exit', () => { folders.dispose() })

async function filledStore(entries: number): Promise<FilledStore> {
  const known = filled.get(entries) ?? fillStore(entries)
  filled.set(entries, known)
  return known
}

/** Without syncs and logs, because a store that is lost while it is filled is filled again. */
const WHILE_FILLING = { wal_level: 'minimal', max_wal_senders: '0', fsync: 'off', full_page_writes: 'off', autovacuum: 'off' } as const

async function fillStore(entries: number): Promise<FilledStore> {
  console.error(`  storing ${entries.toLocaleString('en-US')} entries`)
  const folder = folders.use(temporaryFolder()).path
  await using cluster = await startPostgres(folder, WHILE_FILLING)
  await cluster.createDatabase(DATABASE)
  const template = await withNode(folder, cluster, '', (target) => makeTemplate(target, cluster, DATABASE))
  await fillDatabase(cluster, DATABASE, template, entries)
  return { folder, deploymentId: template.deploymentId }
}

async function measure({ folder, deploymentId }: FilledStore, entries: number, pace: Pace): Promise<Figures> {
  // Vacuum comes by when it likes, and would be measured in one round and not in the other.
  await using cluster = await startPostgres(folder, { autovacuum: 'off', shared_buffers: '2GB' })
  return await withNode(folder, cluster, deploymentId, async (node) => {
    const target = { ...node, storedConversations: entries / ENTRIES_EACH }
    const reads = await runJob({ job: 'stored-reads', target, options: { entries, reads: pace === 'full' ? 1000 : 300 } })
    const writes = await runJob({ job: 'closed-loop', target, options: { pairs: STORED_GUESTS, inFlight: 16, ...duration(pace) } })
    const bytes = await cluster.query(DATABASE, 'SELECT pg_database_size(current_database())')
    return { ...reads, ...writes, gigabytes: Number(bytes) / 1e9 }
  })
}

async function withNode<Result>(folder: string, cluster: PostgresCluster, deploymentId: string, use: (target: BeckonTarget) => Promise<Result>): Promise<Result> {
  const own = join(folder, 'node')
  mkdirSync(own, { recursive: true })
  await using node = await startNode(own, { BECKON_DATABASE_URL: cluster.urlOf(DATABASE) })
  const accessToken = await fetchAccessToken(node.url)
  return await use({
    kind: 'beckon', urls: [node.url], accessToken, sender: 'guest', streams: 'each',
    deploymentId: deploymentId === '' ? await createUnlimitedDeployment(node.url, accessToken) : deploymentId,
    processes: [{ part: 'node', pid: node.pid }, { part: 'postgres', pid: cluster.pid }],
  })
}
