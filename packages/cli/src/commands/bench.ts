import type { Command } from 'commander'
import { createCommand } from '../server-command.ts'
import type { Context } from '../context.ts'

export function createBenchCommand({ terminal }: Context): Command {
  return createCommand('bench', 'where the speed measurements are', ['npm run bench']).action(() => {
    terminal.out('The measurements need the source tree: run npm run bench there. See bench/README.md for what each one tells.')
  })
}
