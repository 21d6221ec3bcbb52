import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whose loss makes what was sealed unreadable; beside the database, or better: in a setting, apart from its backups. */
const fileName = 'installation.key'
const keyBytes = 32

/**
 * The key that all servers of an installation share: the one that was set, or one of this data folder, made at its first
 * start and readable by its owner alone. Throws when the file is damaged: a new one would silently unlock nothing.
 */
export function installationKey({ dataDir, secretKey }: { readonly dataDir: string; readonly secretKey?: string | undefined }): Buffer {
  if (secretKey !== undefined) return Buffer.from(secretKey, 'base64')
  const file = join(dataDir, fileName)
  const known = read(file)
  if (known === undefined) return make(dataDir, file)
  const key = Buffer.from(known.trim(), 'base64')
  if (key.length !== keyBytes) throw new Error(`${file} does not hold a key of ${keyBytes} bytes: restore it from a backup, or remove it and enter again what was sealed with it`)
  return key
}

function make(dataDir: string, file: string): Buffer {
  const key = randomBytes(keyBytes)
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  return key
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
