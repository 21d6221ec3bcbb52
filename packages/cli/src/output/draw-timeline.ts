import type { DeliveryReport } from '@beckon/client'
import type { Proactive } from '@beckon/protocol'
import { describeDelivery, describeFound, words } from './describe-plan.ts'
import { clockTime } from './moment.ts'
import { oneLine, plainText } from './plain-text.ts'
import type { Paint } from './paint.ts'

interface Look {
  readonly now: number
  readonly paint: Paint
}

/** The life of one message, top to bottom: what was found, what was done, every step, and how it stands now. */
export function drawTimeline(report: DeliveryReport, look: Look): readonly string[] {
  const { proactive } = report
  return [
    ...heading(report, look),
    ...(proactive === undefined ? [] : [...resolution(proactive, look), ...steps(proactive, look)]),
    ...standing(report, look),
  ]
}

function heading({ messageId, conversationId, seq, proactive }: DeliveryReport, { paint }: Look): readonly string[] {
  const place = conversationId === undefined ? 'in no conversation yet' : `in ${conversationId}${seq === undefined ? '' : `, entry ${seq}`}`
  const text = proactive === undefined ? '' : ` ${oneLine(proactive.text, 60)}`
  return [`${paint.bold('Message')}${text}`, paint.dim(`  ${messageId} ${place}`), '']
}

/** How long ago something was is told as it was then, when the message was sent. */
function resolution({ found, did, createdAt }: Proactive, { paint }: Look): readonly string[] {
  const lines = [
    ...(found === undefined ? [] : [`  ${paint.dim('found')}  ${describeFound(found, Date.parse(createdAt))}`]),
    ...(did === undefined ? [] : [`  ${paint.dim('did')}    ${words[did]}`]),
  ]
  return lines.length === 0 ? [] : [...lines, '']
}

function steps({ timeline }: Proactive, { now, paint }: Look): readonly string[] {
  return timeline.map(({ at, what, detail }, index) => {
    const knot = index === timeline.length - 1 ? paint.green('●') : paint.dim('○')
    const more = detail === undefined ? '' : paint.dim(` · ${plainText(detail)}`)
    return `  ${paint.dim(clockTime(at, now))}  ${knot}  ${what}${more}`
  })
}

function standing({ entities, proactive, overdueSince }: DeliveryReport, { now, paint }: Look): readonly string[] {
  const routes = entities.map((delivery) => `  ${mark(delivery.status, paint)} ${describeDelivery(delivery)}`)
  const status = proactive === undefined ? [] : [`  ${paint.bold('now')}    ${proactive.status}${because(proactive)}`]
  const overdue = overdueSince === undefined ? [] : [`  ${paint.red('✘')} overdue since ${clockTime(overdueSince, now)}: no worker keeps appointments; start a node with BECKON_ROLE=worker or all`]
  return [...(proactive === undefined ? [] : ['']), ...routes, ...status, ...overdue]
}

function because({ statusReason }: Proactive): string {
  return statusReason === undefined ? '' : ` (${statusReason})`
}

function mark(status: DeliveryReport['entities'][number]['status'], paint: Paint): string {
  if (status === 'seen' || status === 'delivered') return paint.green('✔')
  if (status === 'failed') return paint.red('✘')
  return status === 'cancelled' ? paint.dim('–') : paint.yellow('…')
}
