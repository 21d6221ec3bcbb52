import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { migratePostgres } from '../../adapters/postgres/migrate.ts'
import { freePort } from './free-port.ts'
import { ask } from './postgres-session.ts'
import { postgresBinaries, postgresUser, type RunAs } from './postgres-binaries.ts'

/** A PostgreSQL server of a test's own, on the loopback, whose data is gone when it is disposed of. */
export interface PostgresCluster extends AsyncDisposable {
  readonly port: number
  /** The postmaster, for those who stop it in their own way; changes with every start. */
  readonly pid: number
  readonly user: string
  readonly password: string
  /** The address of a database in it; of the one for administration when none is named. */
  url(database?: string): string
  /** A new database with today's tables, as a copy of one that was migrated once; answers its address. */
  createDatabase(): Promise<string>
  /** A new database with nothing in it; answers its address. */
  createEmptyDatabase(): Promise<string>
  /** Ends every connection and writes everything down. */
  stop(): Promise<void>
  /** As after a crash: what was committed is recovered at the next start. */
  stopImmediately(): Promise<void>
  /** Starts it where it was, stopping it before that if it runs. */
  restart(): Promise<void>
}

export interface StartPostgres {
  /** Lines for `postgresql.conf`, such as `{ max_prepared_transactions: '10' }`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Where its folder is made, such as on a disk that will be full; the system's place for temporary files when absent. */
  readonly inside?: string
}

interface Place {
  readonly folder: string
  readonly data: string
  readonly binaries: string
  readonly runAs: RunAs | undefined
  readonly port: number
}

const run = promisify(execFile)
const user = 'beckon'
const password = 'only-for-tests'

/** Throws when PostgreSQL is not installed, saying what to do. Takes about two seconds. */
export async function startPostgres({ settings = {}, inside = tmpdir() }: StartPostgres = {}): Promise<PostgresCluster> {
  const place = await initialise(settings, inside)
  const guard = startGuard(place)
  let postmaster = await start(place)
  const end = async (signal: 'SIGINT' | 'SIGQUIT'): Promise<void> => {
    if (postmaster.exitCode !== null || postmaster.signalCode !== null) return
    const ended = new Promise((resolve) => postmaster.once('exit', resolve))
    postmaster.kill(signal)
    await ended
  }
  const url = (database = 'postgres'): string => `postgres://${user}:${password}@127.0.0.1:${String(place.port)}/${database}`
  return {
    port: place.port, user, password, url,
    ...createDatabases(url),
    get pid() {
      return postmaster.pid ?? 0
    },
    stop: () => end('SIGINT'),
    stopImmediately: () => end('SIGQUIT'),
    async restart() {
      await end('SIGINT')
      postmaster = await start(place)
    },
    async [Symbol.asyncDispose]() {
      guard.kill('SIGKILL')
      await end('SIGQUIT')
      await rm(place.folder, { recursive: true, force: true })
    },
  }
}

async function initialise(settings: Readonly<Record<string, string>>, inside: string): Promise<Place> {
  const [binaries, runAs] = [postgresBinaries(), postgresUser()]
  const folder = mkdtempSync(join(inside, 'beckon-postgres-'))
  const [data, secret] = [join(folder, 'data'), join(folder, 'password')]
  writeFileSync(secret, password)
  chmodSync(folder, 0o700)
  if (runAs) for (const path of [folder, secret]) chownSync(path, runAs.uid, runAs.gid)
  const port = await freePort()
  const flags = ['--no-sync', '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${user}`, `--pwfile=${secret}`]
  await run(join(binaries, 'initdb'), [...flags, data], { ...runAs, cwd: folder })
  const lines = Object.entries({ ...fixed, port: String(port), ...settings }).map(([name, value]) => `${name} = '${value}'`)
  writeFileSync(join(data, 'postgresql.auto.conf'), `${lines.join('\n')}\n`)
  return { folder, data, binaries, runAs, port }
}

/** Small, but it syncs: what is acknowledged must survive `stopImmediately` and a power cut alike. */
const fixed: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  lc_messages: 'C',
  // Its short transactions in a test's database would make the feed wait for them at moments that no test can foresee.
  autovacuum: 'off',
}

/** Waits for the end of this process, however it comes, and leaves no server and no folder behind: its pipe closes even when nobody can say so. */
function startGuard({ folder, runAs }: Place): ChildProcess {
  const clearAway = 'read -r _; kill -QUIT "$(head -n 1 "$0/data/postmaster.pid")"; sleep 1; rm -rf "$0"'
  return spawn('sh', ['-c', clearAway, folder], { ...runAs, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
}

/** Resolves when it takes connections; rejects with what it said when it ends before. */
async function start({ data, binaries, runAs, folder }: Place): Promise<ChildProcess> {
  const postmaster = spawn(join(binaries, 'postgres'), ['-D', data], { ...runAs, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const said: string[] = []
  const lines = createInterface(postmaster.stderr)
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (said.length < 100) said.push(line)
      if (/ready to accept (read-only )?connections/.test(line)) resolve()
    })
    postmaster.once('error', reject)
    postmaster.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${String(code)} before it was ready:\n${said.join('\n')}`)))
  })
  return postmaster
}

function createDatabases(url: (database?: string) => string) {
  const template = 'migrated'
  let count = 0
  let migrated: Promise<unknown> | undefined
  const administer = async (sql: string): Promise<void> => {
    await ask(url(), sql)
  }
  const create = async (source: string): Promise<string> => {
    count += 1
    const name = `test_${String(count)}`
    await administer(`CREATE DATABASE ${name} TEMPLATE ${source}`)
    return url(name)
  }
  const migrateOnce = async (): Promise<void> => {
    await administer(`CREATE DATABASE ${template}`)
    await migratePostgres({ url: url(template) })
  }
  return {
    createEmptyDatabase: () => create('template0'),
    async createDatabase(): Promise<string> {
      migrated ??= migrateOnce()
      await migrated
      return create(template)
    },
  }
}
