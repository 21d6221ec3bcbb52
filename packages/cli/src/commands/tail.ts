import type { Command } from 'commander'
import type { FollowEvents } from '@beckon/client'
import { isEventType } from '@beckon/protocol'
import { connect } from '../connect.ts'
import { describeEvent } from '../output/describe-event.ts'
import { createServerCommand, listed } from '../server-command.ts'
import type { ServerFlags } from '../connect.ts'
import type { Context } from '../context.ts'

interface TailFlags extends ServerFlags {
  readonly after?: string
  readonly fromStart?: boolean
  readonly type?: string[]
  readonly conversation?: string
  readonly contact?: string
  readonly poll?: boolean
  readonly limit?: string
}

export function createTailCommand(context: Context): Command {
  return createServerCommand('tail', 'follow what happens, through restarts and lost connections', [
    'beckon tail',
    'beckon tail --type message.created,conversation.closed',
    'beckon tail --after "$CURSOR" --json | tee events.ndjson',
  ])
    .option('--after <cursor>', 'begin behind this event; its cursor is the id of an event')
    .option('--from-start', 'begin with the oldest event')
    .option('--type <types>', 'only these types, with commas', listed)
    .option('--conversation <id>', 'only what belongs to it')
    .option('--contact <id>', 'only what belongs to that person')
    .option('--limit <count>', 'end after that many events')
    .option('--poll', 'long polling instead of a stream, for proxies that hold streams back')
    .action((flags: TailFlags) => tail(context, flags))
}

async function tail(context: Context, flags: TailFlags): Promise<void> {
  const { beckon } = await connect(context, flags)
  const { out, paint } = context.terminal
  const limit = flags.limit === undefined ? Infinity : Number(flags.limit)
  let count = 0
  for await (const event of beckon.events(followOf(context, flags))) {
    out(flags.json === true ? JSON.stringify(event) : describeEvent(event, { now: context.now(), paint }))
    count += 1
    if (count >= limit) return
  }
}

function followOf({ terminal, stop }: Context, flags: TailFlags): FollowEvents {
  const { note, paint } = terminal
  let interrupted = false
  return {
    signal: stop,
    via: flags.poll === true ? 'poll' : 'stream',
    ...(flags.fromStart === true ? { after: 'beginning' } : {}),
    ...(flags.after === undefined ? {} : { after: flags.after }),
    ...(flags.type === undefined ? {} : { types: flags.type.filter(isEventType) }),
    ...(flags.conversation === undefined ? {} : { conversationId: flags.conversation }),
    ...(flags.contact === undefined ? {} : { contactId: flags.contact }),
    onConnection: (state) => {
      if (state === 'interrupted' && !interrupted) note(paint.yellow('Connection lost; trying again. Nothing will be missed.'))
      if (state === 'following' && interrupted) note(paint.green('Connected again.'))
      interrupted = state === 'interrupted'
    },
  }
}
