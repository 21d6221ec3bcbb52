import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Thrown where this machine, or this pace, cannot run a contestant: its rows are left out, and the run says which and why. */
export class CannotRun extends Error {}

/** A program that a system needs is not on this machine. */
export class NotInstalled extends CannotRun {
  constructor(program: string, hint: string) {
    super(`${program} is not installed: ${hint}`)
  }
}

/** Where Debian keeps what is not meant for everybody's PATH. */
const BESIDE_PATH = ['/usr/sbin', '/usr/local/sbin', '/sbin']

export function findProgram(name: string, hint: string): string {
  const found = [...(process.env['PATH'] ?? '').split(delimiter), ...BESIDE_PATH].map((folder) => join(folder, name)).find((path) => existsSync(path))
  if (found === undefined) throw new NotInstalled(name, hint)
  return found
}

/** The folder of `postgres`, `initdb` and `psql`: Debian's newest, or that of the `postgres` on PATH. */
export function findPostgresFolder(): string {
  const debian = '/usr/lib/postgresql'
  const newest = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a))[0] : undefined
  const folder = newest === undefined ? undefined : join(debian, newest, 'bin')
  if (folder !== undefined && existsSync(join(folder, 'initdb'))) return folder
  return join(findProgram('initdb', 'Debian\'s package is `postgresql`'), '..')
}
