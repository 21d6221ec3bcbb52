import type { Command } from 'commander'
import type { RunningServer, StartServer } from '@beckon/server'
import { createCommand } from '../server-command.ts'
import { dataDirOf, removeReadyFile, writeReadyFile } from '../ready-file.ts'
import { environmentOf } from '../server-environment.ts'
import type { Context } from '../context.ts'
import type { ReadyFile } from '../ready-file.ts'
import type { EnvironmentFlags } from '../server-environment.ts'

export function createServeCommand(context: Context): Command {
  return createCommand('serve', 'run the server', [
    'beckon serve',
    'beckon serve --port 0 --data-dir ./other',
    'BECKON_DATABASE_URL=postgres://… BECKON_PUBLIC_URL=https://chat.example.com beckon serve',
  ])
    .option('--host <address>', 'where to listen (BECKON_HOST)')
    .option('--port <port>', '0 takes any free one (BECKON_PORT)')
    .option('--data-dir <folder>', 'where the data is (BECKON_DATA_DIR)')
    .addHelpText('after', '\nEvery other setting is an environment variable: see docs/reference/configuration.md.')
    .action((flags: EnvironmentFlags) => serve(context, flags))
}

async function serve(context: Context, flags: EnvironmentFlags): Promise<void> {
  const env = environmentOf(context.env, flags)
  await runServer(context, { env, demo: false }, (server) => ({
    ready: { url: server.url, ...bootstrapClient(env) },
    greet: () => undefined,
  }))
}

/**
 * Starts the server, leaves word of it in the data directory, and stays until it is told to stop. The ready line is the only
 * one on standard output that is meant for programs.
 */
export async function runServer(
  { terminal, stop }: Context,
  options: StartServer,
  introduce: (server: RunningServer) => { readonly ready: Omit<ReadyFile, 'pid'>; readonly greet: () => void },
): Promise<void> {
  // Loaded only here: commands that talk to a server elsewhere start faster without it.
  const { startServer } = await import('@beckon/server')
  const server = await startServer(options)
  const { ready, greet } = introduce(server)
  const dataDir = dataDirOf(options.env)
  const { pid } = process
  try {
    await writeReadyFile(dataDir, { ...ready, pid })
    terminal.out(JSON.stringify({ ready: true, url: server.url, pid }))
    greet()
    await Promise.race([server.done, aborted(stop)])
  } finally {
    await server.stop()
    await removeReadyFile(dataDir, pid)
  }
}

function bootstrapClient(env: Readonly<Record<string, string | undefined>>): Partial<ReadyFile> {
  const clientId = env['BECKON_BOOTSTRAP_CLIENT_ID']
  const clientSecret = env['BECKON_BOOTSTRAP_CLIENT_SECRET']
  return clientId === undefined || clientSecret === undefined ? {} : { clientId, clientSecret }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
