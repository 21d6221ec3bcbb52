import type { ProactiveMessage, SendPolicy as CorePolicy } from '@beckon/core'
import type { Proactive, SendPolicy } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
import { renderAuthor } from './author.ts'
import { renderDelivery } from './delivery.ts'
import { didOf, renderFound } from './send-outcome.ts'

export function renderProactive(message: ProactiveMessage): Proactive {
  const { id, status, statusReason, contactId, conversationId, messageId, found, did } = message
  const { sendAt, expiresAt } = renderTimes(message.policy)
  return {
    id,
    status,
    ...(statusReason === undefined ? {} : { statusReason }),
    contactId,
    ...(conversationId === undefined ? {} : { conversationId }),
    messageId,
    text: message.saying.text,
    from: renderAuthor(message.from),
    policy: renderPolicy(message.policy),
    ...(sendAt === undefined ? {} : { sendAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    createdAt: timeOf(message.createdAt),
    ...(found === undefined ? {} : { found: renderFound(found) }),
    ...(did === undefined ? {} : { did: didOf[did] }),
    deliveries: message.deliveries.map(renderDelivery),
    timeline: message.timeline.map(({ at, ...step }) => ({ at: timeOf(at), ...step })),
  }
}

function renderPolicy(policy: CorePolicy): SendPolicy {
  const { sendAt: _, expiresAt: __, ...rest } = policy
  return { ...rest, ...renderTimes(policy) }
}

function renderTimes({ sendAt, expiresAt }: CorePolicy): Pick<SendPolicy, 'sendAt' | 'expiresAt'> {
  return {
    ...(sendAt === undefined ? {} : { sendAt: timeOf(sendAt) }),
    ...(expiresAt === undefined ? {} : { expiresAt: timeOf(expiresAt) }),
  }
}
