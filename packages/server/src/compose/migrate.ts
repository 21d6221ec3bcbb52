import { resolve } from 'node:path'
import type { MigratePostgres, MigrationStep } from '../adapters/postgres/migrate.ts'
import type { Migrated } from '../adapters/sql/migrations.ts'
import { migrateSqlite } from '../adapters/sqlite/migrate.ts'
import { lockDataDir } from '../adapters/system/data-dir-lock.ts'
import { loadSettings, type Environment } from '../config/load.ts'
import { databaseFile } from './adapters.ts'

export interface Migrate {
  readonly env: Environment
  /** Told what is going on, and what is waited for, while a large database is migrated beside servers that use it. */
  readonly onStep?: (step: MigrationStep) => void
}

/** Brings the database to this program's version without serving. Rejects as `startServer` does. */
export async function migrate({ env, onStep }: Migrate): Promise<Migrated> {
  const { dataDir, databaseUrl } = loadSettings(env).settings
  if (databaseUrl !== undefined) return migrateShared({ url: databaseUrl, onStep })
  const lock = lockDataDir(resolve(dataDir), process.pid)
  try {
    return migrateSqlite({ file: databaseFile(dataDir) })
  } finally {
    lock[Symbol.dispose]()
  }
}

/** Who has no use for PostgreSQL does not load its client. */
async function migrateShared(given: MigratePostgres): Promise<Migrated> {
  const [{ migratePostgres }, { reachDatabase }] = await Promise.all([import('../adapters/postgres/migrate.ts'), import('./reach-database.ts')])
  return reachDatabase(() => migratePostgres(given))
}
