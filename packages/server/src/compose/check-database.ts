import { existsSync } from 'node:fs'
import { checkFile, type FileCheck } from '../adapters/sqlite/check-file.ts'
import { loadSettings, type Environment } from '../config/load.ts'
import { databaseFile } from './adapters.ts'

/** Looks for damage in the embedded database; undefined where none has been made yet. Rejects with `ConfigError`. */
export async function checkDatabase({ env }: { readonly env: Environment }): Promise<FileCheck | undefined> {
  const file = databaseFile(loadSettings(env).settings.dataDir)
  return existsSync(file) ? checkFile(file) : undefined
}
