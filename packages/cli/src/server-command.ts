import { Command } from 'commander'

/** A command that talks to a server: it takes the flags that say which one, and as whom. */
export function createServerCommand(name: string, description: string, examples: readonly string[]): Command {
  return createCommand(name, description, examples)
    .option('--url <address>', 'the server (BECKON_URL)')
    .option('--client-id <id>', 'OAuth client (BECKON_CLIENT_ID)')
    .option('--client-secret <secret>', 'its secret; better given as BECKON_CLIENT_SECRET, which other users cannot see')
    .option('--token <token>', 'an access token instead of a client (BECKON_TOKEN)')
    .option('--json', 'machine-readable output')
}

/** A command whose help ends with examples. */
export function createCommand(name: string, description: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  $ ${example}`)
  return new Command(name)
    .description(description)
    .showHelpAfterError(false)
    .addHelpText('after', ['', 'Examples:', ...lines].join('\n'))
}

/** Several words in one value, with commas or blanks between them. A list of separate words would swallow what follows it. */
export function listed(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}
