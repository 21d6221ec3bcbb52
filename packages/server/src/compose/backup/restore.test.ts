import { createHash } from 'node:crypto'
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrate } from '../migrate.ts'
import { backUp, sumsName } from './back-up.ts'
import { restore } from './restore.ts'

/** A folder with a data directory, and a backup of it taken into a folder that everybody may look into. */
async function aBackup() {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-restore-'))
  const [from, into] = [{ BECKON_DATA_DIR: join(folder, 'data') }, join(folder, 'backup')]
  await migrate({ env: from })
  mkdirSync(into)
  chmodSync(into, 0o755)
  await backUp({ env: from, into })
  const there = join(folder, 'there')
  return { into, there, restored: () => restore({ env: { BECKON_DATA_DIR: there }, from: into }), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** Adds a file to the backup under this name, with a sum that is right. */
function smuggle(into: string, name: string): void {
  writeFileSync(join(into, name), 'a key of somebody else')
  appendFileSync(join(into, sumsName), `${createHash('sha256').update('a key of somebody else').digest('hex')}  ${name}\n`)
}

test.each(['attachments/../installation.key', 'attachments/./installation.key'])('a backup in which somebody put %s is refused, and nothing leaves the folder of files', async (name) => {
  using backup = await aBackup()
  mkdirSync(join(backup.into, 'attachments'))
  smuggle(backup.into, name)

  await expect(backup.restored()).rejects.toThrow('The backup is damaged')

  expect(existsSync(join(backup.there, 'installation.key'))).toBe(false)
  expect(existsSync(join(backup.there, 'beckon.db'))).toBe(false)
})

test('nobody but its owner reads a database in a backup, nor a restored one, whoever may look into the folder', async () => {
  using backup = await aBackup()
  await backup.restored()

  expect([backup.into, backup.there].map((folder) => statSync(join(folder, 'beckon.db')).mode & 0o777)).toEqual([0o600, 0o600])
})
