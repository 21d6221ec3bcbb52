import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a running server leaves in its data directory, so that other commands in the same folder find it. */
export interface ReadyFile {
  readonly url: string
  readonly pid: number
  readonly clientId?: string
  readonly clientSecret?: string
}

/** The name that people know; nodes that share the folder with whoever has it are told apart by their process. */
const usualName = 'ready.json'
const names = /^ready(-\d+)?\.json$/

/**
 * Kept beside the data, readable by the owner only: it may hold a secret. Nobody's word takes the place of a living server's, and what
 * servers left that were killed is cleared away.
 */
export async function writeReadyFile(dataDir: string, ready: ReadyFile): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const words = await wordsIn(dataDir)
  // Numbers of processes come again; whoever had this address is gone, whatever goes by that number now.
  const others = words.filter(({ pid, url }) => pid !== ready.pid && url !== ready.url && isAlive(pid))
  for (const word of words) if (!others.includes(word)) await rm(join(dataDir, word.name), { force: true })
  const name = others.some((word) => word.name === usualName) ? `ready-${String(ready.pid)}.json` : usualName
  await writeFile(join(dataDir, name), `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 })
}

/** Of all that can be read: servers that are alive before what others left, and the one with the usual name first. */
export async function readReadyFiles(dataDir: string): Promise<readonly ReadyFile[]> {
  const words = await wordsIn(dataDir)
  const rank = ({ name, pid }: Word): number => (isAlive(pid) ? 0 : 2) + (name === usualName ? 0 : 1)
  return words.toSorted((one, other) => rank(one) - rank(other))
}

/** Removes what this process left, and nothing of the others'. */
export async function removeReadyFile(dataDir: string, pid: number): Promise<void> {
  for (const word of await wordsIn(dataDir)) if (word.pid === pid) await rm(join(dataDir, word.name), { force: true })
}

/** The folder that holds the data when nothing else is said. */
export function dataDirOf(env: Readonly<Record<string, string | undefined>>): string {
  // An empty variable counts as absent for the server too.
  return env['BECKON_DATA_DIR'] || usualDataDir
}

/** As the server's setting has it. */
export const usualDataDir = 'data'

interface Word extends ReadyFile {
  readonly name: string
}

async function wordsIn(dataDir: string): Promise<readonly Word[]> {
  const present = (await readdir(dataDir).catch(() => [])).filter((name) => names.test(name)).toSorted()
  const words = await Promise.all(present.map((name) => wordIn(dataDir, name)))
  return words.filter((word) => word !== undefined)
}

async function wordIn(dataDir: string, name: string): Promise<Word | undefined> {
  try {
    const parsed: unknown = JSON.parse(await readFile(join(dataDir, name), 'utf8'))
    return isReadyFile(parsed) ? { ...parsed, name } : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function isReadyFile(value: unknown): value is ReadyFile {
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string' && 'pid' in value && typeof value.pid === 'number'
}
