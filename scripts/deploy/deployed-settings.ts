import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadSettings } from '../../packages/server/src/config/load.ts'

export const deployFolder = join(import.meta.dirname, '../../deploy')

/** Every file under `deploy/`, by its path within it. */
export function deployedFiles(): readonly string[] {
  return readdirSync(deployFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(deployFolder.length + 1))
}

export function deployed(path: string): string {
  return readFileSync(join(deployFolder, path), 'utf8')
}

/** What secrets hold where they are read from files, so that only their names are told. */
const secrets: Readonly<Record<string, string>> = {
  BECKON_DATABASE_URL: 'postgres://beckon:secret@postgres:5432/beckon',
  BECKON_NATS_URL: 'nats://beckon:secret@nats:4222',
  BECKON_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
}

/** Reads an environment as the server would; throws what the server would say. Files of secrets count as there. */
export function settingsOf(env: Readonly<Record<string, string>>): ReturnType<typeof loadSettings> {
  const read: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    const setting = name.replace(/_FILE$/, '')
    read[setting] = setting === name ? value : (secrets[setting] ?? 'a secret of one’s own')
  }
  return loadSettings(read)
}
