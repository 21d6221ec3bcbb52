import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import type { Address, Beckon } from '@beckon/client'
import type { Send, SendAnswer, SendPlan, SendPolicy } from '@beckon/protocol'
import { latestConversation } from '../chosen-conversation.ts'
import { CommandFailed } from '../command-failed.ts'
import { connect } from '../connect.ts'
import { describePlan } from '../output/describe-plan.ts'
import { createServerCommand, listed } from '../server-command.ts'
import type { Context } from '../context.ts'
import type { ServerFlags } from '../connect.ts'

interface SendFlags extends ServerFlags {
  readonly contact?: string
  readonly externalId?: string
  readonly conversation?: string
  readonly session?: string
  readonly last?: boolean
  readonly from?: string
  readonly dryRun?: boolean
  readonly whenClosed?: NonNullable<SendPolicy['whenClosed']>
  readonly whenUnreachable?: NonNullable<SendPolicy['whenUnreachable']>
  readonly purpose?: NonNullable<SendPolicy['purpose']>
  readonly unless?: NonNullable<SendPolicy['unless']>
  readonly at?: string
  readonly expires?: string
  readonly supersedeKey?: string
  readonly idempotencyKey?: string
}

export function createSendCommand(context: Context): Command {
  const instant = (text: string): string => parseInstant(text, context.now())
  return createServerCommand('send', 'reach a person, in whatever state they are', [
    'beckon send --last "Your parcel is here."',
    'beckon send --contact 0198… --dry-run "What would happen?"',
    'beckon send --external-id crm-1042 --at 2h --unless replied "How did it go?"',
    'cat news.txt | beckon send --conversation 0198… --when-closed append -',
  ])
    .argument('<text>', 'the message; - reads it from standard input')
    .option('--contact <id>', 'the person')
    .option('--external-id <id>', 'the person, by your own id')
    .option('--conversation <id>', 'whoever this conversation is with')
    .option('--session <id>', 'whoever this session belongs to, however old it is')
    .option('--last', 'whoever was part of the latest conversation')
    .option('--from <name>', 'the name that the guest sees')
    .option('--dry-run', 'only tell what would happen')
    .addOption(new Option('--when-closed <what>', 'for a closed conversation').choices(['reopen', 'append', 'startLinked', 'reject']))
    .addOption(new Option('--when-unreachable <what>', 'when no route leads to the person').choices(['store', 'reject']))
    .addOption(new Option('--purpose <purpose>', 'what consent it needs').choices(['service', 'marketing']))
    .option('--unless <happened>', 'replied or seen, or both with a comma: do not send after that', parseUnless)
    .option('--at <when>', 'send later: 10m, 2h, 3d, or a time such as 2026-03-05T09:00:00Z', instant)
    .option('--expires <when>', 'take it back if nobody has seen it by then', instant)
    .option('--supersede-key <key>', 'replace an unseen message with the same key')
    .option('--idempotency-key <key>', 'the same key never sends twice')
    .action((text: string, flags: SendFlags) => send(context, text, flags))
}

async function send(context: Context, text: string, flags: SendFlags): Promise<void> {
  const { beckon } = await connect(context, flags)
  const message = { ...(await addressOf(beckon, flags)), ...(await sendOf(context, text, flags)) }
  const options = { signal: context.stop, ...(flags.idempotencyKey === undefined ? {} : { idempotencyKey: flags.idempotencyKey }) }
  const answer: SendAnswer | SendPlan = await beckon.sendMessage(message, options)
  if (flags.json === true) return context.terminal.out(JSON.stringify(answer))
  for (const line of describePlan(answer, { dryRun: flags.dryRun === true, now: context.now(), paint: context.terminal.paint })) {
    context.terminal.out(line)
  }
  if ('messageId' in answer) context.terminal.note(context.terminal.paint.dim(`What becomes of it: beckon explain ${answer.messageId}`))
}

async function addressOf(beckon: Beckon, { contact, externalId, conversation, session, last }: SendFlags): Promise<Address> {
  const given: readonly (Address | undefined)[] = [
    contact === undefined ? undefined : { contactId: contact },
    externalId === undefined ? undefined : { externalId },
    conversation === undefined ? undefined : { conversationId: conversation },
    session === undefined ? undefined : { sessionId: session },
    last === true ? { contactId: (await latestConversation(beckon)).contactId } : undefined,
  ]
  const [address, ...others] = given.filter((each) => each !== undefined)
  const flags = '--contact, --external-id, --conversation, --session or --last'
  if (address === undefined) throw new CommandFailed('usage', `To whom? Give ${flags}.`)
  if (others.length > 0) throw new CommandFailed('usage', `Give only one of ${flags}.`)
  return address
}

async function sendOf(context: Context, text: string, flags: SendFlags): Promise<Send> {
  const policy = policyOf(flags)
  return {
    text: text === '-' ? (await context.readStandardInput()).trim() : text,
    proactive: true,
    ...(flags.from === undefined ? {} : { from: { name: flags.from } }),
    ...(flags.dryRun === true ? { dryRun: true } : {}),
    ...(Object.keys(policy).length === 0 ? {} : { policy }),
  }
}

function policyOf(flags: SendFlags): SendPolicy {
  const { whenClosed, whenUnreachable, purpose, unless, at, expires, supersedeKey } = flags
  const wishes = { whenClosed, whenUnreachable, purpose, unless, sendAt: at, expiresAt: expires, supersedeKey }
  return Object.fromEntries(Object.entries(wishes).filter(([, wish]) => wish !== undefined))
}

const unitsMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function parseUnless(text: string): NonNullable<SendPolicy['unless']> {
  return listed(text).map((word) => {
    if (word === 'replied' || word === 'seen') return word
    throw new InvalidArgumentError('Write replied, seen, or both with a comma.')
  })
}

function parseInstant(text: string, now: number): string {
  const [, amount, unit] = /^(\d+)\s*([smhd])$/.exec(text) ?? []
  if (amount !== undefined && (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd')) {
    return new Date(now + Number(amount) * unitsMs[unit]).toISOString()
  }
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new InvalidArgumentError('Write 10m, 2h, 3d, or a time such as 2026-03-05T09:00:00Z.')
  return new Date(time).toISOString()
}
