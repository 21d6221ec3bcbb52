import type { Finding } from './finding.ts'

/** Reads through the database file and reports damage, or looks for what holds PostgreSQL up, without changing anything. Safe beside a running server. */
export async function checkDatabaseFile(env: Readonly<Record<string, string | undefined>>): Promise<Finding> {
  const { checkDatabase } = await import('@beckon/server')
  try {
    const check = await checkDatabase({ env })
    if (check === undefined) return { name: 'database', state: 'good', told: 'will be made at the first start' }
    if (check.isSound) return { name: 'database', state: 'good', told: `sound, schema version ${check.version}` }
    return { name: 'database', state: 'bad', told: check.faults.join('; '), remedy: check.remedy }
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error)
    return { name: 'database', state: 'bad', told, remedy: 'Is it the database of a Beckon server, and may this user read it?' }
  }
}
