import { quoted } from './output/quoted.ts'
import { readReadyFiles } from './ready-file.ts'
import type { Context } from './context.ts'
import type { Failure } from './failure.ts'

/** What whoever typed this command is told when somebody else has its data directory or its port; undefined for any other error. */
export async function inUseFailure(error: unknown, words: readonly string[], env: Context['env']): Promise<Failure | undefined> {
  if (!(error instanceof Error)) return undefined
  if (isFolderInUse(error)) return { exit: 'inUse', message: error.message, remedies: await remediesForFolder(error, words, env) }
  if (!isPortInUse(error)) return undefined
  const { port, address = 'this machine' } = error
  return { exit: 'inUse', message: `Port ${String(port)} of ${address} is taken by another program.`, remedies: [`Take any free one: ${typedWith(['BECKON_PORT=0'], words, env)} (or another number in place of 0)`] }
}

interface FolderInUse extends Error {
  readonly dir: string
  readonly pid: number | undefined
}

/** The server's own errors are told by name, so that commands which never start a server need not load it. */
function isFolderInUse(error: Error): error is FolderInUse {
  return error.name === 'DataDirInUse' && 'dir' in error && typeof error.dir === 'string'
}

function isPortInUse(error: Error): error is Error & { readonly port: number; readonly address?: string } {
  return 'code' in error && error.code === 'EADDRINUSE' && 'port' in error
}

async function remediesForFolder({ dir, pid }: FolderInUse, words: readonly string[], env: Context['env']): Promise<readonly string[]> {
  const url = (await readReadyFiles(dir)).find((ready) => ready.pid === pid)?.url
  const stop = `Stop it first${pid === undefined ? '' : `: kill ${String(pid)}`}${url === undefined ? '' : ` (it serves ${url})`}`
  switch (words[0]) {
    case 'serve':
    case 'demo':
      return [stop, `Or serve another folder: ${typedWith(['BECKON_DATA_DIR=./other', 'BECKON_PORT=0'], words, env)}`]
    case 'copy':
      return [stop, `Or let it run, and rehearse with a backup of it: ${copyOfBackup(dir, env)}; what is written after the backup is not in the copy`]
    default:
      return [stop]
  }
}

/** A backup is one of the embedded store: a database that is named in the environment would be taken for what is to be backed up. */
function copyOfBackup(dir: string, env: Context['env']): string {
  const emptied = ['BECKON_DATABASE_URL', 'BECKON_DATABASE_URL_FILE'].filter((name) => env[name]).map((name) => `${name}= `)
  return `${emptied.join('')}npx beckon backup --data-dir ${quoted(dir)} /backups/now && npx beckon copy --from /backups/now`
}

/** The command as it was typed; npm says under which name it was asked to run it. Flags that say the same as a variable win, so none is repeated. */
function typedWith(variables: readonly string[], words: readonly string[], env: Context['env']): string {
  return [...variables, env['npm_lifecycle_event'] === 'start' ? 'npm start' : `npx beckon ${words[0] ?? 'serve'}`].join(' ')
}
