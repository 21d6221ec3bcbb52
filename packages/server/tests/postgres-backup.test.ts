import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { postgresBinaries, postgresUser } from '../src/testing/services/postgres-binaries.ts'
import { startPostgres, type PostgresCluster } from '../src/testing/services/postgres-cluster.ts'
import { aBackend, type Backend } from './rig/backend.ts'
import { anEnvironment, credentials } from './rig/environment.ts'
import { comeBack, reach, readFeed, visit, type Visit } from './rig/returning-guest.ts'
import { startServerProcess } from './rig/server-process.ts'
import { lost, startSteadyLoad, type Acknowledged } from './rig/steady-load.ts'
import { aTemporaryDirectory } from './rig/temporary-directory.ts'

const run = promisify(execFile)
const tool = (name: string): string => join(postgresBinaries(), name)
const secretKey = Buffer.alloc(32, 7).toString('base64')

interface Before {
  readonly guest: Visit
  readonly cursor: string
  readonly acknowledged: readonly Acknowledged[]
}

/** A server under load, and a backup in the midst of it. */
async function whileBackedUp(env: Readonly<Record<string, string>>, backUp: () => Promise<unknown>): Promise<Before> {
  await using server = await startServerProcess({ env })
  const guest = await visit(server.url, randomUUID(), ['Where is my parcel?'])
  const load = await startSteadyLoad(server.url, 3)
  await load.more(60)
  const { cursor } = await readFeed(await aBackend(server.url, credentials))
  const acknowledged = [...load.acknowledged]
  await backUp()
  await load.more(30)
  await load.stop()
  return { guest, cursor, acknowledged }
}

/** What everybody finds who was there before. */
async function expectRestored(url: string, backend: Backend, { guest, cursor, acknowledged }: Before): Promise<void> {
  expect(await lost(backend, acknowledged)).toEqual([])
  const { entities } = await readFeed(backend)
  expect(entities.length).toBeGreaterThan(acknowledged.length)
  expect((await backend.call('GET', `/api/v2/events?after=${cursor}`)).status).toBe(400)
  await reach(backend, guest, 'We are back')
  const back = await comeBack(url, guest, 'We are back')
  expect(back).toMatchObject({ resumed: false, texts: expect.arrayContaining(['Where is my parcel?', 'We are back']) })
  expect(back.epoch).not.toBe(guest.resume.epoch)
  expect((await readFeed(backend)).entities.length).toBeGreaterThan(entities.length)
}

function environmentOf(dataDir: string, databaseUrl: string): Readonly<Record<string, string>> {
  return { ...anEnvironment(dataDir), BECKON_DATABASE_URL: databaseUrl, BECKON_SECRET_KEY: secretKey }
}

test('a dump that was taken under load, restored into another cluster, has all that was acknowledged before it began, and everybody fetches again', { timeout: 180_000 }, async () => {
  using data = aTemporaryDirectory()
  await using cluster = await startPostgres()
  await using other = await startPostgres()
  const [from, to] = [await cluster.createEmptyDatabase(), await other.createEmptyDatabase()]
  const dump = join(data.path, 'beckon.dump')
  const before = await whileBackedUp(environmentOf(data.path, from), () => run(tool('pg_dump'), ['--format=custom', `--file=${dump}`, from]))

  await run(tool('pg_restore'), ['--no-owner', '--exit-on-error', '--single-transaction', `--dbname=${to}`, dump])

  await using server = await startServerProcess({ env: environmentOf(data.path, to) })
  await expectRestored(server.url, await aBackend(server.url, credentials), before)
})

test('a base backup that is recovered to its end has all that was acknowledged before it began, and everybody fetches again', { timeout: 180_000 }, async () => {
  using data = aTemporaryDirectory()
  using place = aTemporaryDirectory()
  const folder = join(place.path, 'data')
  await using cluster = await startPostgres()
  const from = await cluster.createEmptyDatabase()
  const before = await whileBackedUp(environmentOf(data.path, from), () => run(tool('pg_basebackup'), [`--dbname=${cluster.url()}`, `--pgdata=${folder}`, '--wal-method=stream', '--checkpoint=fast']))
  await cluster.stop()

  // Without this file it would go on as if it had only crashed, in the same timeline, and nobody would know that its end is missing.
  writeFileSync(join(folder, 'recovery.signal'), '')
  await using _recovered = await startOn(place.path, folder, cluster)

  await using server = await startServerProcess({ env: environmentOf(data.path, from) })
  await expectRestored(server.url, await aBackend(server.url, credentials), before)
})

/** PostgreSQL on a folder of somebody else's making, on the port of the cluster that it replaces. */
async function startOn(place: string, folder: string, { port }: PostgresCluster): Promise<AsyncDisposable> {
  const runAs = postgresUser()
  if (runAs) await run('chown', ['-R', `${String(runAs.uid)}:${String(runAs.gid)}`, place])
  const server = spawn(tool('postgres'), ['-D', folder, '-p', String(port), '-c', 'restore_command=false'], { ...runAs, cwd: place, stdio: ['ignore', 'ignore', 'pipe'] })
  const said: string[] = []
  await new Promise<void>((resolve, reject) => {
    createInterface(server.stderr).on('line', (line) => {
      said.push(line)
      if (line.includes('ready to accept connections')) resolve()
    })
    server.once('exit', () => reject(new Error(said.join('\n'))))
  })
  return {
    async [Symbol.asyncDispose]() {
      server.kill('SIGQUIT')
      await once(server, 'exit')
    },
  }
}
