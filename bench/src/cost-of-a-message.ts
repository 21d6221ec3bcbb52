import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { connectBeckonGuest, createGuestMemory, type BeckonGuest } from './load/beckon-guest.ts'
import { must } from './must.ts'
import { treeCpuSeconds } from './process-accounting.ts'
import type { ServerProcess } from './server-process.ts'
import { startNats } from './services/nats.ts'
import { startPostgres, type PostgresCluster } from './services/postgres.ts'
import { createUnlimitedDeployment, fetchAccessToken, startNode, type Shape } from './systems/beckon.ts'
import { temporaryFolder } from './temporary-folder.ts'

/**
 * What one guest's message costs: processor time of nodes, PostgreSQL and NATS, bytes that are kept, and bytes of the write-ahead log. The figures
 * of docs/scaling.md. CPU counts, not pace: it may run beside other work.
 */
const guests = 100
const warmUp = 3000
const messages = 20_000
const text = 'A hundred characters of quite ordinary chat, as a customer would write it about a late parcel, say.'

const shapes: readonly Shape[] = [
  { store: 'sqlite', nodes: 1, withNats: false },
  { store: 'postgres', nodes: 1, withNats: false },
  { store: 'postgres', nodes: 2, withNats: false },
  { store: 'postgres', nodes: 2, withNats: true },
]

process.stdout.write('store, nodes, bus | node µs | PostgreSQL µs | NATS µs | kept bytes | journal bytes | messages/s | in flight\n')
for (const shape of shapes) for (const each of [1, 4]) await measure(shape, each)

async function measure(shape: Shape, each: number): Promise<void> {
  using folder = temporaryFolder()
  await using started = new AsyncDisposableStack()
  const postgres = shape.store === 'postgres' ? started.use(await startPostgres(folder.path)) : undefined
  await postgres?.createDatabase('beckon')
  const nats = shape.withNats ? started.use(await startNats(folder.path, false)) : undefined
  const environment = { ...(postgres ? { BECKON_DATABASE_URL: postgres.urlOf('beckon'), BECKON_ATTACHMENTS_URL: `file://${folder.path}/files` } : {}), ...(nats ? { BECKON_NATS_URL: `nats://127.0.0.1:${nats.port}` } : {}) }
  const nodes: ServerProcess[] = []
  for (let number = 1; number <= shape.nodes; number += 1) {
    const path = join(folder.path, `node-${number}`)
    mkdirSync(path)
    nodes.push(started.use(await startNode(path, environment)))
  }
  const { url } = must(nodes[0], 'the first node')
  const deploymentId = await createUnlimitedDeployment(url, await fetchAccessToken(url))
  const visitors = await Promise.all(Array.from({ length: guests }, (_, index) => connectBeckonGuest({ url: nodes[index % nodes.length]?.url ?? '', deploymentId }, createGuestMemory())))
  await chat(visitors, warmUp, each)

  const used = () => [nodes.reduce((sum, { pid }) => sum + treeCpuSeconds(pid), 0), postgres ? treeCpuSeconds(postgres.pid) : 0, nats ? treeCpuSeconds(nats.pid) : 0]
  const [before, stored, began] = [used(), await bytesOf(postgres, join(folder.path, 'node-1')), Date.now()]
  await chat(visitors, messages, each)
  const seconds = (Date.now() - began) / 1000
  const [after, kept] = [used(), await bytesOf(postgres, join(folder.path, 'node-1'))]
  const micros = after.map((now, part) => (((now - (before[part] ?? 0)) / messages) * 1e6).toFixed(0))
  const bytes = kept.map((now, part) => ((now - (stored[part] ?? 0)) / messages).toFixed(0))
  process.stdout.write(`${shape.store}, ${shape.nodes}, ${shape.withNats ? 'NATS' : '–'} | ${micros.join(' | ')} | ${bytes.join(' | ')} | ${(messages / seconds).toFixed(0)} | ${guests * each}\n`)
  for (const visitor of visitors) visitor.drop()
}

/** Every guest has so many messages under way until all of them together were acknowledged. */
async function chat(visitors: readonly BeckonGuest[], count: number, each: number): Promise<void> {
  let left = count
  const talk = async (guest: BeckonGuest): Promise<void> => {
    while (left > 0) {
      left -= 1
      await guest.send(text)
    }
  }
  await Promise.all(visitors.flatMap((guest) => Array.from({ length: each }, () => talk(guest))))
}

/** What is kept, and what was written to the journal: of PostgreSQL all of it since it was made, of the embedded store nothing is told. */
async function bytesOf(postgres: PostgresCluster | undefined, dataDir: string): Promise<readonly number[]> {
  if (!postgres) return [statSync(join(dataDir, 'beckon.db')).size, 0]
  const answer = await postgres.query('beckon', `SELECT pg_database_size('beckon'), pg_current_wal_lsn() - '0/0'`)
  return answer.split('|').map(Number)
}
