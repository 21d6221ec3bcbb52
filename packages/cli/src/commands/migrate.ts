import type { Command } from 'commander'
import { createCommand } from '../server-command.ts'
import { environmentOf } from '../server-environment.ts'
import type { Context } from '../context.ts'
import type { EnvironmentFlags } from '../server-environment.ts'

export function createMigrateCommand(context: Context): Command {
  return createCommand('migrate', 'bring the database to the version of this program; serve does it too', [
    'beckon migrate',
    'beckon migrate --data-dir /var/lib/beckon --json',
    'BECKON_DATABASE_URL=postgres://beckon@db.internal/beckon beckon migrate',
  ])
    .option('--data-dir <folder>', 'where the data is (BECKON_DATA_DIR), unless BECKON_DATABASE_URL names a PostgreSQL database')
    .option('--json', 'machine-readable output: progress on standard error, the result on standard output')
    .action((flags: EnvironmentFlags & { readonly json?: boolean }) => migrateNow(context, flags))
}

async function migrateNow(context: Context, flags: EnvironmentFlags & { readonly json?: boolean }): Promise<void> {
  const { migrate } = await import('@beckon/server')
  const { out, note, paint } = context.terminal
  // Beside servers that use the database it may take long, or wait for others: silence would look like a hang.
  const done = await migrate({
    env: environmentOf(context.env, flags),
    onStep: (step) => note(flags.json === true ? JSON.stringify(step) : paint.dim(step.kind === 'applying' ? `  … ${step.name}` : `  … ${step.why}`)),
  })
  if (flags.json === true) return out(JSON.stringify(done))
  for (const name of done.applied) out(`  ${paint.green('✔')} ${name}`)
  out(done.applied.length === 0 ? `Up to date at version ${done.to}.` : `From version ${done.from} to ${done.to}.`)
}
