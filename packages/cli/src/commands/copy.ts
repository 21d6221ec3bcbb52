import type { Command } from 'commander'
import { CommandFailed } from '../command-failed.ts'
import { createCopyProgress } from '../output/copy-progress.ts'
import { describeCopy } from '../output/describe-copy.ts'
import { createCommand } from '../server-command.ts'
import type { Context } from '../context.ts'

interface Flags {
  readonly from: string
  readonly to: string
  readonly batch: string
  readonly json?: boolean
}

export function createCopyCommand(context: Context): Command {
  return createCommand('copy', 'carry the embedded store over to PostgreSQL; interrupted, it goes on where it was', [
    'BECKON_DATABASE_URL=postgres://… beckon copy --from sqlite --to postgres',
    'beckon copy --from /var/lib/beckon --to postgres://beckon@db.internal/beckon',
  ])
    .option('--from <store>', '`sqlite` for that of BECKON_DATA_DIR, or a data folder, or a database file', 'sqlite')
    .option('--to <database>', '`postgres` for that of BECKON_DATABASE_URL, or an address; others see a password that is given here', 'postgres')
    .option('--batch <rows>', 'rows that become durable together', '5000')
    .option('--json', 'machine-readable output: progress on standard error, the result on standard output')
    .action((flags: Flags) => copyNow(context, flags))
}

async function copyNow({ env, stop, terminal, now }: Context, { from, to, batch, json = false }: Flags): Promise<void> {
  if (to === 'sqlite' || from.startsWith('postgres')) {
    throw new CommandFailed('usage', 'Copies go from the embedded store to PostgreSQL only.', ['The way back is not built: keep the folder that you copied from until you are sure'])
  }
  const batchRows = Number(batch)
  if (!Number.isInteger(batchRows) || batchRows < 1) throw new CommandFailed('usage', `--batch is a whole number of rows, not ${JSON.stringify(batch)}.`)
  const { copyStore } = await import('@beckon/server')
  const copied = await copyStore({
    env, batchRows, stop,
    ...(from === 'sqlite' ? {} : { from }),
    ...(to === 'postgres' ? {} : { to }),
    onStep: createCopyProgress({ note: terminal.note, now, json }),
  })
  if (json) return terminal.out(JSON.stringify(copied))
  for (const line of describeCopy(copied)) terminal.out(line)
}
