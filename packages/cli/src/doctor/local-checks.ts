import { access, constants, mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { Finding } from './finding.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The server needs what came with Node 24: TypeScript unbuilt and the built-in SQLite. */
export function checkNodeVersion(version: string): Finding {
  const major = Number(version.replace(/^v/, '').split('.')[0])
  if (major >= 24) return { name: 'node', state: 'good', told: version }
  return { name: 'node', state: 'bad', told: `${version} is too old`, remedy: 'Run it as npx beckon: the project brings its own Node 24 (npm install).' }
}

/** Writes and removes a folder: permissions alone do not tell about a full or read-only disk. */
export async function checkDataDir(dataDir: string): Promise<Finding> {
  const path = resolve(dataDir)
  const present = await stat(path).catch(() => undefined)
  if (present === undefined) return checkParent(path)
  if (!present.isDirectory()) return { name: 'data', state: 'bad', told: `${path} is not a folder`, remedy: 'Choose another with BECKON_DATA_DIR.' }
  try {
    await rm(await mkdtemp(join(path, '.doctor-')), { recursive: true })
    return { name: 'data', state: 'good', told: `${path} can be written` }
  } catch (error) {
    return { name: 'data', state: 'bad', told: `${path}: ${reason(error)}`, remedy: `Free some space, or give this user the folder: chown -R "$USER" ${path}` }
  }
}

async function checkParent(path: string): Promise<Finding> {
  try {
    await access(resolve(path, '..'), constants.W_OK)
    return { name: 'data', state: 'good', told: `${path} will be made at the first start` }
  } catch (error) {
    return { name: 'data', state: 'bad', told: reason(error), remedy: 'Choose a folder that can be written with BECKON_DATA_DIR.' }
  }
}

/** Only asked when no server answers: is the port free for one? */
export async function checkPort(env: Environment): Promise<Finding> {
  const port = Number(env['BECKON_PORT'] ?? 8080)
  const host = env['BECKON_HOST'] ?? '127.0.0.1'
  const probe = createServer()
  try {
    await new Promise<void>((done, fail) => probe.once('error', fail).listen(port, host, done))
    return { name: 'port', state: 'good', told: `${host}:${port} is free` }
  } catch (error) {
    return { name: 'port', state: 'bad', told: reason(error), remedy: `Something else listens there. Choose another: BECKON_PORT=${port + 1} (0 takes any free one).` }
  } finally {
    probe.close()
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
