import { existsSync } from 'node:fs'
import type { StoreCheck } from '../adapters/sql/store-check.ts'
import { checkFile } from '../adapters/sqlite/check-file.ts'
import { loadSettings, type Environment } from '../config/load.ts'
import { databaseFile } from './adapters.ts'

/** Looks for damage in the embedded database, or for what holds nodes up in PostgreSQL; undefined where nothing has been made yet. Rejects with `ConfigError`. */
export async function checkDatabase({ env }: { readonly env: Environment }): Promise<StoreCheck | undefined> {
  const { dataDir, databaseUrl } = loadSettings(env).settings
  if (databaseUrl !== undefined) return (await import('../adapters/postgres/check-store.ts')).checkStore(databaseUrl)
  const file = databaseFile(dataDir)
  return existsSync(file) ? checkFile(file) : undefined
}
