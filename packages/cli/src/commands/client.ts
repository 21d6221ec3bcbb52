import { Command, InvalidArgumentError } from 'commander'
import { scopeNames } from '@beckon/protocol'
import type { ClientRegistration, OAuthClientWithSecret } from '@beckon/protocol'
import { CommandFailed } from '../command-failed.ts'
import { connect } from '../connect.ts'
import { createServerCommand, listed } from '../server-command.ts'
import type { ServerFlags } from '../connect.ts'
import type { Context } from '../context.ts'

interface CreateFlags extends ServerFlags {
  readonly name: string
  readonly scope: ClientRegistration['scopes'][number][]
  readonly tokenLifetime?: string
}

export function createClientCommand(context: Context): Command {
  const parent = new Command('client').description('the programs that may call the API')
  parent.addCommand(createCommand(context))
  parent.addCommand(listCommand(context))
  parent.addCommand(rotateCommand(context))
  parent.addCommand(deleteCommand(context))
  return parent
}

function createCommand(context: Context): Command {
  return createServerCommand('create', 'a client for one of your programs; shows its secret once', [
    'beckon client create --name CRM --scope messaging:contact:write,contacts:read',
  ])
    .requiredOption('--name <name>', 'what it is called')
    .requiredOption('--scope <scopes>', 'what it may do, with commas; grant no more than it needs', parseScopes)
    .option('--token-lifetime <seconds>', 'how long its tokens last')
    .action(async (flags: CreateFlags) => {
      const { beckon } = await connect(context, flags)
      const lifetime = flags.tokenLifetime === undefined ? {} : { tokenLifetimeSeconds: Number(flags.tokenLifetime) }
      showSecret(context, flags, await beckon.createClient({ name: flags.name, scopes: flags.scope, ...lifetime }))
    })
}

function listCommand(context: Context): Command {
  return createServerCommand('list', 'every client, without secrets', ['beckon client list']).action(async (flags: ServerFlags) => {
    const { beckon } = await connect(context, flags)
    const { out, paint } = context.terminal
    for await (const client of beckon.listClients()) {
      out(flags.json === true ? JSON.stringify(client) : `${client.id}  ${paint.bold(client.name)}  ${paint.dim(client.scopes.join(' '))}`)
    }
  })
}

function rotateCommand(context: Context): Command {
  return createServerCommand('rotate', 'a new secret; the old one ends', ['beckon client rotate 0198…'])
    .argument('<client>', 'its id')
    .action(async (id: string, flags: ServerFlags) => {
      const { beckon } = await connect(context, flags)
      showSecret(context, flags, await beckon.rotateClientSecret(id))
    })
}

function deleteCommand(context: Context): Command {
  return createServerCommand('delete', 'take a client away; its tokens end at once', ['beckon client delete 0198… --yes'])
    .argument('<client>', 'its id')
    .option('--yes', 'really')
    .action(async (id: string, flags: ServerFlags & { readonly yes?: boolean }) => {
      if (flags.yes !== true) throw new CommandFailed('usage', `This ends every program that uses ${id}.`, ['Add --yes when that is what you want.'])
      const { beckon } = await connect(context, flags)
      await beckon.deleteClient(id)
      context.terminal.out(flags.json === true ? JSON.stringify({ id, deleted: true }) : `Deleted: ${id}`)
    })
}

function showSecret({ terminal }: Context, flags: ServerFlags, client: OAuthClientWithSecret): void {
  const { out, note, paint } = terminal
  if (flags.json === true) return out(JSON.stringify(client))
  out(`BECKON_CLIENT_ID=${client.id}`)
  out(`BECKON_CLIENT_SECRET=${client.secret}`)
  note(paint.yellow('Keep the secret now: it is shown this once.'))
}

function parseScopes(text: string): CreateFlags['scope'] {
  if (text === 'all') return [...scopeNames]
  return listed(text).map((word) => {
    const scope = scopeNames.find((name) => name === word)
    if (scope === undefined) throw new InvalidArgumentError(`There is no scope ${word}. There are: ${scopeNames.join(', ')}, or all.`)
    return scope
  })
}
