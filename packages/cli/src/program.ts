import { Command } from 'commander'
import { createBackupCommand, createRestoreCommand } from './commands/backup.ts'
import { createBenchCommand } from './commands/bench.ts'
import { createClientCommand } from './commands/client.ts'
import { createCloseCommand, createReopenCommand } from './commands/close.ts'
import { createCompletionCommand } from './commands/completion.ts'
import { createCopyCommand } from './commands/copy.ts'
import { createDemoCommand } from './commands/demo.ts'
import { createDoctorCommand } from './commands/doctor.ts'
import { createExplainCommand } from './commands/explain.ts'
import { createMigrateCommand } from './commands/migrate.ts'
import { createSendCommand } from './commands/send.ts'
import { createServeCommand } from './commands/serve.ts'
import { createTailCommand } from './commands/tail.ts'
import { createTokenCommand } from './commands/token.ts'
import { exitCodesHelp } from './exit-codes.ts'
import type { Context } from './context.ts'

const examples = `
Examples:
  $ beckon demo                                  everything at once, to try it
  $ beckon send --last "Your parcel is here."    reach whoever chatted last
  $ beckon explain --last                        what became of it
  $ beckon tail                                  watch what happens

Which server, and as whom: --url, --client-id, --client-secret, or BECKON_URL, BECKON_CLIENT_ID, BECKON_CLIENT_SECRET,
or nothing at all in the folder where beckon demo runs.
`

/** Every command of `beckon`. */
export function createProgram(context: Context): Command {
  const program = new Command('beckon')
    .description('Reach a customer who has chatted before, in whatever state they are now.')
    .version('0.1.0')
    .addHelpText('after', `${examples}\n${exitCodesHelp()}`)
  const commands = [
    createServeCommand(context),
    createDemoCommand(context),
    createSendCommand(context),
    createCloseCommand(context),
    createReopenCommand(context),
    createExplainCommand(context),
    createTailCommand(context),
    createTokenCommand(context),
    createClientCommand(context),
    createDoctorCommand(context),
    createMigrateCommand(context),
    createCopyCommand(context),
    createBackupCommand(context),
    createRestoreCommand(context),
    createBenchCommand(context),
    createCompletionCommand(context, program),
  ]
  for (const command of commands) program.addCommand(command)
  return quiet(program, context)
}

/** Commander would print and exit by itself; here it throws, and one place prints. */
function quiet(command: Command, context: Context): Command {
  command.exitOverride().configureOutput({
    writeOut: (text) => context.terminal.out(text.trimEnd()),
    writeErr: (text) => context.terminal.note(text.trimEnd()),
    outputError: () => undefined,
    getOutHelpWidth: () => context.terminal.columns,
  })
  for (const child of command.commands) quiet(child, context)
  return command
}
