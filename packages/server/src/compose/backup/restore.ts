import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { backUpFile, renewEpoch } from '../../adapters/sqlite/back-up.ts'
import { checkFile } from '../../adapters/sqlite/check-file.ts'
import { lockDataDir } from '../../adapters/system/data-dir-lock.ts'
import { loadSettings, type Environment } from '../../config/load.ts'
import { databaseFile } from '../adapters.ts'
import { attachmentFolder } from '../attachment-files.ts'
import { sumsName, type Backup } from './back-up.ts'
import { BackupRefused } from './backup-refused.ts'
import { copyWhole, sumOf, sync } from './whole-copy.ts'

export interface Restore {
  readonly env: Environment
  /** The folder of a backup. */
  readonly from: string
}

/**
 * Puts a backup into a data directory without a database, after comparing every byte with its sums. The restored log is another one (its epoch
 * is new), so that guests and readers of the feed fetch again rather than miss what is gone. Interrupted at any moment, it
 * leaves no database, and can be run again. Rejects with `BackupRefused`, `DataDirInUse`, `ConfigError`, `StoreUnavailable`.
 */
export async function restore({ env, from }: Restore): Promise<Backup> {
  const { settings } = loadSettings(env)
  if (settings.databaseUrl !== undefined) throw new BackupRefused('This installation keeps its data in PostgreSQL.', ['Restore it with pg_restore: docs/guides/backup-and-upgrade.md'])
  const source = resolve(from)
  const file = databaseFile(settings.dataDir)
  using _lock = lockDataDir(dirname(file), process.pid)
  if (existsSync(file)) throw new BackupRefused(`There is a database ${file}, and restoring overwrites nothing.`, ['Move that folder away first, or name another: beckon restore --data-dir <folder>'])
  const names = await soundNames(source)
  const dir = attachmentFolder(settings)
  const files = dir === undefined ? [] : names.filter((name) => name.startsWith('attachments/'))
  for (const name of files) await copyWhole(join(source, name), join(dir ?? '', relative('attachments', name)))
  const place = restoreDatabase(join(source, 'beckon.db'), file)
  return { folder: dirname(file), ...place, ...(dir === undefined ? {} : { files: files.length }) }
}

/** Takes its name last. */
function restoreDatabase(from: string, file: string): Pick<Backup, 'epoch' | 'lastPosition'> {
  const unfinished = `${file}.part`
  rmSync(unfinished, { force: true })
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  backUpFile(from, unfinished)
  const place = renewEpoch(unfinished)
  sync(unfinished)
  renameSync(unfinished, file)
  sync(dirname(file))
  return place
}

/** The names in the backup, whose bytes are those that were backed up. */
async function soundNames(folder: string): Promise<readonly string[]> {
  const sums = join(folder, sumsName)
  if (!existsSync(sums)) throw new BackupRefused(`${folder} is no whole backup: it has no ${sumsName}.`, ['Take another backup; one that was interrupted is of no use'])
  const lines = readFileSync(sums, 'utf8').split('\n').filter((line) => line !== '')
  const names: string[] = []
  for (const line of lines) {
    const [, sum = '', name = ''] = /^([0-9a-f]{64}) {2}(beckon\.db|attachments\/[^/.][^/]*\/[^/.][^/]*)$/.exec(line) ?? []
    const path = join(folder, name)
    if (name === '' || !existsSync(path) || (await sumOf(path)) !== sum) throw new BackupRefused(`The backup is damaged: ${name === '' ? line : name} is not what was backed up.`, ['Take an older backup'])
    names.push(name)
  }
  const { isSound, faults } = checkFile(join(folder, 'beckon.db'))
  if (!isSound) throw new BackupRefused(`The backup's database is damaged: ${faults.join('; ')}.`, ['Take an older backup'])
  return names
}
