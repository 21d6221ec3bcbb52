import type { Command } from 'commander'
import { demoBanner } from '../output/demo-banner.ts'
import { createCommand } from '../server-command.ts'
import { dataDirOf } from '../ready-file.ts'
import { environmentOf } from '../server-environment.ts'
import { runServer } from './serve.ts'
import type { Context } from '../context.ts'
import type { EnvironmentFlags } from '../server-environment.ts'

export function createDemoCommand(context: Context): Command {
  return createCommand('demo', 'run the server with everything ready to try: shop page, desk login, OAuth client', [
    'beckon demo',
    'beckon demo --port 0 --data-dir /tmp/beckon',
  ])
    .option('--host <address>', 'where to listen (BECKON_HOST)')
    .option('--port <port>', '0 takes any free one (BECKON_PORT)')
    .option('--data-dir <folder>', 'where the data is (BECKON_DATA_DIR)')
    .action((flags: EnvironmentFlags) => demo(context, flags))
}

async function demo(context: Context, flags: EnvironmentFlags): Promise<void> {
  const { terminal } = context
  // At the usual level, the log would bury the banner.
  const env = { BECKON_LOG_LEVEL: 'warn', ...environmentOf(context.env, flags) }
  await runServer(context, { env, demo: true }, ({ url, demo: prepared }) => ({
    ready: { url, ...(prepared === undefined ? {} : { clientId: prepared.clientId, clientSecret: prepared.clientSecret }) },
    // To standard error, so that a program which reads the ready line is not disturbed.
    greet: () => terminal.note(prepared === undefined ? url : demoBanner({ url, demo: prepared, dataDir: dataDirOf(env) }, terminal.paint)),
  }))
}
