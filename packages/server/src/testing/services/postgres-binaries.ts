import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const debianFolder = '/usr/lib/postgresql'

/**
 * The folder that holds `initdb` and `postgres`: where `BECKON_TEST_POSTGRES` leads (to it, or to `postgres` in it), or else the newest of
 * Debian's. Throws, saying what to install.
 */
export function postgresBinaries(): string {
  // oxlint-disable-next-line no-restricted-properties -- where the services of a test run are is told by its environment (scripts/setup/services.mjs)
  const told = process.env['BECKON_TEST_POSTGRES']
  const folders = told === undefined ? debianFolders() : [existsSync(told) && statSync(told).isDirectory() ? told : dirname(told)]
  const folder = folders.find((one) => ['initdb', 'postgres'].every((name) => existsSync(join(one, name))))
  if (folder !== undefined) return folder
  throw new Error(
    `no PostgreSQL server found in ${folders.join(', ') || debianFolder}: install it (Debian: sudo apt-get install -y postgresql), or set BECKON_TEST_POSTGRES to the folder of its initdb and postgres`,
  )
}

function debianFolders(): readonly string[] {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder) : []
  return versions.toSorted((one, other) => Number(other) - Number(one)).map((version) => join(debianFolder, version, 'bin'))
}

export interface RunAs {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`, which its packages make. Undefined is oneself. */
export function postgresUser(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined
  try {
    const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch (error) {
    throw new Error('PostgreSQL does not run as root, and there is no user `postgres`: make one (useradd --system postgres), or run the tests as somebody else', { cause: error })
  }
}
