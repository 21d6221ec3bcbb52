import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another process serves from this data directory. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse'
  readonly dir: string
  readonly pid: number | undefined

  constructor(dir: string, pid: number | undefined) {
    const holder = pid === undefined ? 'another Beckon server' : `another Beckon server (process ${pid})`
    super(`The data directory ${dir} is in use by ${holder}.`)
    this.dir = dir
    this.pid = pid
  }
}

/**
 * Makes the directory, and keeps it to one process. The lock is the operating system's, taken through an empty SQLite
 * file: it dies with the process, so that nothing stale is left to clear up after a crash. The file beside it only
 * tells people who holds it.
 */
export function lockDataDir(dir: string, pid: number): Disposable {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const holderFile = join(dir, 'server.pid')
  const lock = new DatabaseSync(join(dir, 'server.lock'))
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw isBusy(error) ? new DataDirInUse(dir, readPid(holderFile)) : error
  }
  writeFileSync(holderFile, `${pid}\n`)
  return { [Symbol.dispose]: () => lock.close() }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
    return Number.isNaN(pid) ? undefined : pid
  } catch {
    return undefined
  }
}
