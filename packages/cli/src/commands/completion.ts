import { Argument } from 'commander'
import type { Command } from 'commander'
import { completionScript } from '../completion-script.ts'
import { createCommand } from '../server-command.ts'
import type { Shell } from '../completion-script.ts'
import type { Context } from '../context.ts'

export function createCompletionCommand({ terminal }: Context, program: Command): Command {
  return createCommand('completion', 'a script that teaches your shell to complete beckon', [
    'source <(beckon completion bash)',
    'beckon completion zsh > "${fpath[1]}/_beckon"',
    'beckon completion fish > ~/.config/fish/completions/beckon.fish',
  ])
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action((shell: Shell) => terminal.out(completionScript(shell, program)))
}
