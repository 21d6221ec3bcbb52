import type { Delivery, Found, SendAnswer, SendPlan } from '@beckon/protocol'
import { fromNow } from './moment.ts'
import type { Paint } from './paint.ts'

/** Says in words what a send found, what it did (or would do), and how the message travels. */
export function describePlan(
  plan: SendPlan | SendAnswer,
  { dryRun, now, paint }: { readonly dryRun: boolean; readonly now: number; readonly paint: Paint },
): readonly string[] {
  const head = dryRun ? paint.yellow('Nothing sent. It would:') : paint.green(headOf(plan))
  return [
    head,
    `  found      ${describeFound(plan.found, now)}`,
    `  ${dryRun ? 'would do' : 'did     '}   ${plan.did === undefined ? 'nothing yet' : words[plan.did]}`,
    ...(plan.deferUntil === undefined ? [] : [`  waits      until ${plan.deferUntil} (${fromNow(plan.deferUntil, now)})`]),
    ...plan.deliveries.map((delivery) => `  ${dryRun ? 'route     ' : 'delivery  '} ${describeDelivery(delivery)}`),
    ...('messageId' in plan ? [paint.dim(`  message    ${plan.messageId}`)] : []),
    paint.dim(`  contact    ${plan.contactId}`),
    ...(plan.conversationId === undefined ? [] : [paint.dim(`  in         ${plan.conversationId}`)]),
  ]
}

/** The state that a send found, in words. */
export function describeFound(found: Found, now: number): string {
  const closed = found.closedAt === undefined ? '' : ` ${fromNow(found.closedAt, now)}`
  const conversation = found.conversation === 'none' ? 'no conversation' : `conversation ${found.conversation}${closed}`
  const session = found.session === 'none' ? 'no session' : `session ${found.session}`
  return `${conversation} · ${session} · ${tabs(found.connections)}`
}

/** One attempt on one route, in words. */
export function describeDelivery({ route, status, connections, detail, at }: Delivery): string {
  if (route === 'live' && status === 'waiting') return 'live: waits for the guest to return'
  const reach = connections === undefined || connections === 0 ? '' : ` to ${tabs(connections)}`
  const more = [at, detail].filter((each) => each !== undefined).join(' · ')
  return `${route}: ${status}${reach}${more === '' ? '' : ` (${more})`}`
}

/** What a send did to the thread, in words. */
export const words = {
  appended: 'adds to the conversation',
  reopened: 'reopens the conversation',
  started: 'starts a conversation',
  startedLinked: 'starts a new conversation, linked to the last one',
} as const

function headOf({ status }: SendPlan): string {
  return status === 'scheduled' ? 'Scheduled.' : 'Stored, and on its way.'
}

function tabs(connections: number): string {
  if (connections === 0) return 'no open tab'
  return connections === 1 ? '1 open tab' : `${connections} open tabs`
}
