import type { Command } from 'commander'
import type { Backup } from '@beckon/server'
import { createCommand } from '../server-command.ts'
import { environmentOf } from '../server-environment.ts'
import type { Context } from '../context.ts'
import type { EnvironmentFlags } from '../server-environment.ts'

type Flags = EnvironmentFlags & { readonly json?: boolean }

export function createBackupCommand(context: Context): Command {
  return createCommand('backup', 'copy the embedded store and its files into a new folder, while the server runs', [
    'beckon backup /backups/monday',
    'beckon backup --data-dir /var/lib/beckon /backups/monday --json',
  ])
    .argument('<folder>', 'where the backup goes; made, or empty')
    .option('--data-dir <folder>', 'where the data is (BECKON_DATA_DIR)')
    .option('--json', 'machine-readable output')
    .action(async (into: string, flags: Flags) => {
      const { backUp } = await import('@beckon/server')
      const done = await backUp({ env: environmentOf(context.env, flags), into })
      tell(context, flags, done, `Backed up into ${done.folder}: the database up to position ${String(done.lastPosition)} of the feed${filesOf(done)}. Keep the installation's key elsewhere.`)
    })
}

export function createRestoreCommand(context: Context): Command {
  return createCommand('restore', 'put a backup into a data folder that has no database', [
    'beckon restore /backups/monday',
    'beckon restore --data-dir /var/lib/beckon /backups/monday --json',
  ])
    .argument('<folder>', 'a folder that beckon backup made')
    .option('--data-dir <folder>', 'where the data is to be (BECKON_DATA_DIR)')
    .option('--json', 'machine-readable output')
    .action(async (from: string, flags: Flags) => {
      const { restore } = await import('@beckon/server')
      const done = await restore({ env: environmentOf(context.env, flags), from })
      tell(context, flags, done, `Restored into ${done.folder}: the database up to position ${String(done.lastPosition)} of the feed${filesOf(done)}. It is in a new epoch, ${done.epoch}: guests and readers of the feed fetch again.`)
    })
}

function tell({ terminal }: Context, { json = false }: Flags, done: Backup, sentence: string): void {
  terminal.out(json ? JSON.stringify(done) : sentence)
}

function filesOf({ files }: Backup): string {
  return files === undefined ? ' (files are in a bucket, which is backed up by itself)' : `, and ${String(files)} ${files === 1 ? 'file' : 'files'}`
}
