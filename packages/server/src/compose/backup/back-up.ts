import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { keptFiles } from '../../adapters/disk-attachments/kept-files.ts'
import { backUpFile } from '../../adapters/sqlite/back-up.ts'
import { loadSettings, type Environment } from '../../config/load.ts'
import { databaseFile } from '../adapters.ts'
import { attachmentFolder } from '../attachment-files.ts'
import { BackupRefused } from './backup-refused.ts'
import { copyWhole, sumOf, sync } from './whole-copy.ts'

export interface BackUp {
  readonly env: Environment
  /** A folder that is not there yet, or is empty. */
  readonly into: string
}

export interface Backup {
  readonly folder: string
  readonly epoch: string
  /** Of the feed: events after it are not in the copy. */
  readonly lastPosition: number
  /** How many files of messages it holds; undefined when they are in a bucket, which is backed up by itself. */
  readonly files?: number
}

/** What a backup consists of, in the words of `sha256sum`. It is written last: a folder without it is no backup. */
export const sumsName = 'SHA256SUMS'

/**
 * Copies the embedded store as of one moment, beside a running server, and then the files of messages: every file that the copied store
 * knows is there, but for those that were deleted meanwhile. The installation's key is not in it. Rejects with `BackupRefused`, `ConfigError`, `StoreUnavailable`.
 */
export async function backUp({ env, into }: BackUp): Promise<Backup> {
  const { settings } = loadSettings(env)
  if (settings.databaseUrl !== undefined) throw new BackupRefused('This installation keeps its data in PostgreSQL.', ['Back it up with pg_dump or pg_basebackup: docs/guides/backup-and-upgrade.md'])
  const file = databaseFile(settings.dataDir)
  if (!existsSync(file)) throw new BackupRefused(`There is no database ${file}.`, ['Name the folder it is in: beckon backup --data-dir /var/lib/beckon <folder>'])
  const folder = resolve(into)
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new BackupRefused(`${folder} is not empty, and a backup overwrites nothing.`, ['Name a folder that is not there yet'])
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const copy = join(folder, 'beckon.db')
  const place = backUpFile(file, copy)
  sync(copy)
  const dir = attachmentFolder(settings)
  const files = dir === undefined ? [] : await copyFiles(dir, folder)
  await writeSums(folder, ['beckon.db', ...files])
  return { folder, ...place, ...(dir === undefined ? {} : { files: files.length }) }
}

/** A file that is gone by now was deleted meanwhile. */
async function copyFiles(dir: string, folder: string): Promise<readonly string[]> {
  const copied: string[] = []
  for (const path of keptFiles(dir)) {
    const name = join('attachments', path)
    if (await copyWhole(join(dir, path), join(folder, name))) copied.push(name)
  }
  return copied
}

async function writeSums(folder: string, names: readonly string[]): Promise<void> {
  const lines: string[] = []
  for (const name of names) lines.push(`${await sumOf(join(folder, name))}  ${name}\n`)
  const unfinished = join(folder, `${sumsName}.part`)
  writeFileSync(unfinished, lines.join(''))
  sync(unfinished)
  renameSync(unfinished, join(folder, sumsName))
  sync(folder)
}
