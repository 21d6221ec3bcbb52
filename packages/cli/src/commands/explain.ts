import type { Command } from 'commander'
import type { Beckon } from '@beckon/client'
import { CommandFailed } from '../command-failed.ts'
import { connect } from '../connect.ts'
import { createServerCommand } from '../server-command.ts'
import { drawTimeline } from '../output/draw-timeline.ts'
import type { ServerFlags } from '../connect.ts'
import type { Context } from '../context.ts'

interface ExplainFlags extends ServerFlags {
  readonly last?: boolean
}

export function createExplainCommand(context: Context): Command {
  return createServerCommand('explain', 'tell what became of a message, step by step', [
    'beckon explain 0198…',
    'beckon explain --last',
    'beckon explain 0198… --json | jq .entities',
  ])
    .argument('[message]', 'id of the message, or of the proactive message')
    .option('--last', 'the last proactive message')
    .action((id: string | undefined, flags: ExplainFlags) => explain(context, id, flags))
}

async function explain(context: Context, id: string | undefined, flags: ExplainFlags): Promise<void> {
  const { beckon } = await connect(context, flags)
  const report = await beckon.explain(await chosenMessage(beckon, id, flags.last), { signal: context.stop })
  const { out, paint } = context.terminal
  if (flags.json === true) return out(JSON.stringify(report))
  for (const line of drawTimeline(report, { now: context.now(), paint })) out(line)
}

async function chosenMessage(beckon: Beckon, id: string | undefined, last: boolean | undefined): Promise<string> {
  if (id !== undefined) return id
  if (last !== true) throw new CommandFailed('usage', 'Which message? Give its id, or --last for the last proactive one.')
  const [latest] = (await beckon.listProactive({ pageSize: 1 })).entities
  if (latest === undefined) {
    throw new CommandFailed('failed', 'There is no proactive message yet.', ['Send one: beckon send --last "Hello again"'])
  }
  return latest.messageId
}
