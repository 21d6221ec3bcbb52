import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a running server leaves in its data directory, so that other commands in the same folder find it. */
export interface ReadyFile {
  readonly url: string
  readonly pid: number
  readonly clientId?: string
  readonly clientSecret?: string
}

/** Kept beside the data, readable by the owner only: it may hold a secret. */
export async function writeReadyFile(dataDir: string, ready: ReadyFile): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  await writeFile(fileIn(dataDir), `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 })
}

/** The file, or undefined when there is none that can be read. */
export async function readReadyFile(dataDir: string): Promise<ReadyFile | undefined> {
  try {
    const parsed: unknown = JSON.parse(await readFile(fileIn(dataDir), 'utf8'))
    return isReadyFile(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Removes the file unless another server has taken its place. */
export async function removeReadyFile(dataDir: string, pid: number): Promise<void> {
  const present = await readReadyFile(dataDir)
  if (present?.pid === pid) await rm(fileIn(dataDir), { force: true })
}

/** The folder that holds the data when nothing else is said. */
export function dataDirOf(env: Readonly<Record<string, string | undefined>>): string {
  return env['BECKON_DATA_DIR'] ?? 'data'
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'ready.json')
}

function isReadyFile(value: unknown): value is ReadyFile {
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string' && 'pid' in value && typeof value.pid === 'number'
}
