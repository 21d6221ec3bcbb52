import { resolve } from 'node:path'
import { migrateSqlite, type Migrated } from '../adapters/sqlite/migrate.ts'
import { lockDataDir } from '../adapters/system/data-dir-lock.ts'
import { loadSettings, type Environment } from '../config/load.ts'
import { databaseFile } from './adapters.ts'

/** Brings the database to this program's version without serving. Rejects as `startServer` does. */
export async function migrate({ env }: { readonly env: Environment }): Promise<Migrated> {
  const { dataDir } = loadSettings(env).settings
  const lock = lockDataDir(resolve(dataDir), process.pid)
  try {
    return migrateSqlite({ file: databaseFile(dataDir) })
  } finally {
    lock[Symbol.dispose]()
  }
}
