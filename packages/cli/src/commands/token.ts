import type { Command } from 'commander'
import { CommandFailed } from '../command-failed.ts'
import { connect } from '../connect.ts'
import { createServerCommand, listed } from '../server-command.ts'
import type { ServerFlags } from '../connect.ts'
import type { Context } from '../context.ts'

interface TokenFlags extends ServerFlags {
  readonly scope?: string[]
  readonly check?: boolean
}

export function createTokenCommand(context: Context): Command {
  return createServerCommand('token', 'get an access token, or see what one may do', [
    'beckon token',
    'curl -H "Authorization: Bearer $(beckon token)" http://127.0.0.1:8080/api/v2/contacts',
    'beckon token --scope contacts:read,events:read --json',
    'BECKON_TOKEN=… beckon token --check',
  ])
    .option('--scope <scopes>', 'ask for these only, with commas', listed)
    .option('--check', 'tell whose token it is and what it may do')
    .action((flags: TokenFlags) => token(context, flags))
}

async function token(context: Context, flags: TokenFlags): Promise<void> {
  const { beckon } = await connect(context, flags)
  if (flags.check === true) return check(context, flags, beckon)
  if (flags.token !== undefined) throw new CommandFailed('usage', 'There is a token already.', ['--check tells what it may do.'])
  const answer = await beckon.issueToken(flags.scope?.join(' '), { signal: context.stop })
  context.terminal.out(flags.json === true ? JSON.stringify(answer) : answer.access_token)
}

async function check(context: Context, flags: TokenFlags, beckon: Awaited<ReturnType<typeof connect>>['beckon']): Promise<void> {
  const mine = await beckon.getMyToken({ signal: context.stop })
  const { out, paint } = context.terminal
  if (flags.json === true) return out(JSON.stringify(mine))
  out(`${paint.green('Good.')} ${mine.kind} ${mine.name} ${paint.dim(mine.id)}`)
  if (mine.expiresAt !== undefined) out(`  expires ${mine.expiresAt}`)
  for (const scope of mine.scopes) out(`  ${scope}`)
}
