import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CopyRefused, type CopySource } from '../../adapters/sql/copying/copied-tables.ts'
import { openCopySource } from '../../adapters/sqlite/copying/copy-source.ts'
import { lockDataDir } from '../../adapters/system/data-dir-lock.ts'
import { loadSettings, type Environment } from '../../config/load.ts'
import { databaseFile } from '../adapters.ts'
import { carryRows, verifyRows, type CopyStep, type VerifiedTable } from './copy-rows.ts'

export interface CopyStore {
  readonly env: Environment
  /** A data directory or a database file; absent is that of the environment. */
  readonly from?: string
  /** A `postgres://` address; absent is that of the environment. */
  readonly to?: string
  readonly batchRows?: number
  readonly onStep?: (step: CopyStep) => void
  readonly stop?: AbortSignal
}

export interface CopiedStore {
  readonly from: string
  readonly tables: readonly VerifiedTable[]
  /** The log's, which goes on in the copy. */
  readonly epoch: string
  readonly lastPosition: number
  /** Whether an earlier run had begun, or had already finished. */
  readonly began: 'now' | 'earlier' | 'finished-earlier'
  /** How many files of messages are known to the database; their bytes are not in it. */
  readonly files: number
}

const usualBatch = 5000

/**
 * Copies an embedded store, which nobody may be using, into an empty PostgreSQL database; goes on where an earlier copy of the same
 * store was interrupted, and compares both sides at the end. Rejects with `CopyRefused`, `DataDirInUse` or `ConfigError`.
 */
export async function copyStore({ env, from, to, batchRows = usualBatch, onStep = () => undefined, stop = new AbortController().signal }: CopyStore): Promise<CopiedStore> {
  const { dataDir, databaseUrl } = loadSettings(to === undefined ? env : { ...env, BECKON_DATABASE_URL: to, BECKON_DATABASE_URL_FILE: undefined }).settings
  if (databaseUrl === undefined) throw new CopyRefused('Which database is to hold the copy?', ['Set BECKON_DATABASE_URL, or name it: beckon copy --to postgres://user@host/beckon'])
  const file = from === undefined ? databaseFile(dataDir) : fileAt(from)
  using source = openSource(file)
  // Who has no use for PostgreSQL does not load its client.
  const [{ openCopyTarget }, { reachDatabase }] = await Promise.all([import('../../adapters/postgres/copying/copy-target.ts'), import('../reach-database.ts')])
  await using target = await reachDatabase(() => openCopyTarget({ url: databaseUrl, origin: source }))
  const carry = { source, target, batchRows, onStep, stop }
  if (target.state !== 'finished') await carryRows(carry)
  const tables = target.state === 'finished' ? [] : await verifyRows(carry)
  if (target.state !== 'finished') await target.finish()
  return {
    from: file, tables,
    epoch: source.epoch,
    lastPosition: source.lastPosition,
    began: began[target.state],
    files: source.count('attachments'),
  }
}

const began = { empty: 'now', unfinished: 'earlier', finished: 'finished-earlier' } as const

/** The folder's lock keeps servers away for as long as the copy reads. */
function openSource(file: string): CopySource {
  if (!existsSync(file)) throw new CopyRefused(`There is no database ${file}.`, ['Name the folder it is in: beckon copy --from /var/lib/beckon'])
  const lock = lockDataDir(dirname(file), process.pid)
  try {
    const source = openCopySource(file)
    return {
      ...source,
      [Symbol.dispose]() {
        source[Symbol.dispose]()
        lock[Symbol.dispose]()
      },
    }
  } catch (error) {
    lock[Symbol.dispose]()
    throw error
  }
}

function fileAt(from: string): string {
  const path = resolve(from.replace(/^(sqlite|file):(\/\/)?/, ''))
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, 'beckon.db') : path
}
