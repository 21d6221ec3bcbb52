import type { Command } from 'commander'
import { chosenConversation } from '../chosen-conversation.ts'
import { connect } from '../connect.ts'
import { createServerCommand } from '../server-command.ts'
import type { ServerFlags } from '../connect.ts'
import type { Context } from '../context.ts'

interface ChangeFlags extends ServerFlags {
  readonly last?: boolean
  readonly reason?: string
}

export function createCloseCommand(context: Context): Command {
  return changeCommand('close', 'close a conversation; the guest may still write, or be reached', [
    'beckon close 0198… --reason solved',
    'beckon close --last',
  ]).action((id: string | undefined, flags: ChangeFlags) => change(context, 'closed', id, flags))
}

export function createReopenCommand(context: Context): Command {
  return changeCommand('reopen', 'reopen a closed conversation', [
    'beckon reopen 0198…',
    'beckon reopen --last --reason "parcel came back"',
  ]).action((id: string | undefined, flags: ChangeFlags) => change(context, 'open', id, flags))
}

function changeCommand(name: string, description: string, examples: readonly string[]): Command {
  return createServerCommand(name, description, examples)
    .argument('[conversation]', 'its id')
    .option('--last', 'the conversation with the newest activity')
    .option('--reason <words>', 'why, for the log')
}

async function change(context: Context, status: 'open' | 'closed', id: string | undefined, flags: ChangeFlags): Promise<void> {
  const { beckon } = await connect(context, flags)
  const conversationId = await chosenConversation(beckon, id, flags.last)
  const why = flags.reason === undefined ? {} : { reason: flags.reason }
  const conversation = await beckon.updateConversation(conversationId, { status, ...why }, { signal: context.stop })
  const { out, paint } = context.terminal
  if (flags.json === true) return out(JSON.stringify(conversation))
  out(`${paint.green(status === 'open' ? 'Open:' : 'Closed:')} ${conversation.id}`)
}
