import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { must } from '../must.ts'
import { findPostgresFolder } from './binaries.ts'
import { freePort } from './free-port.ts'
import type { ServiceProcess } from './service-process.ts'
import { startService } from './service-process.ts'

/** A cluster of our own on a free port of loopback, so that its disk, its settings and its CPU time are nobody else's. */
export interface PostgresCluster extends ServiceProcess {
  urlOf(database: string): string
  createDatabase(name: string): Promise<void>
  /** Runs statements and resolves with what `psql` prints: rows as lines, columns parted by `|`. */
  query(database: string, sql: string): Promise<string>
  /** Opens `COPY … FROM STDIN` as one transaction with the statements before it; `finish` resolves when it is committed. */
  copyIn(database: string, before: string, copy: string): CopyIn
}

export interface CopyIn {
  readonly rows: Writable
  finish(): Promise<void>
}

export type PostgresSettings = Readonly<Record<string, string>>

/** Everything that decides about durability is left at its default: a commit is answered after its WAL is synced. */
const SETTINGS: PostgresSettings = { listen_addresses: '127.0.0.1', max_connections: '200', shared_buffers: '1GB', max_wal_size: '4GB', unix_socket_directories: '' }

const MOST_ATTEMPTS = 1500
const LARGEST_ANSWER_BYTES = 64 * 2 ** 20
const runFile = promisify(execFile)

/** Creates the cluster in `folder` unless there is one, and starts it. PostgreSQL refuses to run as root; then it runs as `postgres`. */
export async function startPostgres(folder: string, settings: PostgresSettings = {}): Promise<PostgresCluster> {
  const programs = findPostgresFolder()
  const owner = ownerOf(folder)
  const data = join(folder, 'cluster')
  const port = await freePort()
  const psql = (database: string): string[] => ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-d', database, '-X', '-q', '-v', 'ON_ERROR_STOP=1']
  await initialise(join(programs, 'initdb'), data, owner)
  const flags = Object.entries({ ...SETTINGS, port: String(port), ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // SIGINT is its fast shutdown: it does not wait for clients that stay.
  const server = await startService({ program: join(programs, 'postgres'), args: ['-D', data, ...flags], options: { cwd: folder, ...owner }, stopSignal: 'SIGINT' }, port)
  const query = async (database: string, sql: string): Promise<string> => {
    const { stdout } = await runFile(join(programs, 'psql'), [...psql(database), '-At', '-c', sql], { maxBuffer: LARGEST_ANSWER_BYTES })
    return stdout.trimEnd()
  }
  await untilReady(() => query('postgres', 'SELECT 1'))
  return {
    ...server,
    query,
    urlOf: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    createDatabase: async (name) => { await query('postgres', `CREATE DATABASE ${name}`) },
    copyIn: (database, before, copy) => copyIn(join(programs, 'psql'), [...psql(database), '-1', '-c', before, '-c', copy]),
  }
}

/** It listens before it takes anybody in: after a crash it reads its log first. */
async function untilReady(ask: () => Promise<string>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await ask()
      return
    } catch (error) {
      if (attempt === MOST_ATTEMPTS) throw error
      await sleep(200)
    }
  }
}

interface Owner {
  readonly uid?: number
  readonly gid?: number
}

function ownerOf(folder: string): Owner {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const [uid, gid] = [idOf('-u'), idOf('-g')]
  chownSync(folder, uid, gid)
  return { uid, gid }
}

async function initialise(initdb: string, data: string, owner: Owner): Promise<void> {
  if (existsSync(data)) return
  await runFile(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8'], owner)
}

function copyIn(program: string, args: readonly string[]): CopyIn {
  const child = spawn(program, args, { stdio: ['pipe', 'inherit', 'inherit'] })
  const exited = once(child, 'exit')
  return {
    rows: must(child.stdin, 'the way into psql'),
    finish: async () => {
      child.stdin.end()
      const exit: readonly unknown[] = await exited
      if (exit[0] !== 0) throw new Error(`psql ended with ${String(exit[0])}`)
    },
  }
}
