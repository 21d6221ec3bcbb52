import type { Sent, SendAct, Plan } from '@beckon/core'
import { must } from '@beckon/core'
import type { Found, SendAnswer, SendPlan } from '@beckon/protocol'
import { timeOf } from '../../shared/time-text.ts'
import { renderDelivery } from './delivery.ts'

/** What a send did to the thread, told after the fact. */
export const didOf = { append: 'appended', reopen: 'reopened', start: 'started', startLinked: 'startedLinked' } as const satisfies Record<SendAct, string>

export function renderFound({ closedAt, ...rest }: Plan['found']): Found {
  return { ...rest, ...(closedAt === undefined ? {} : { closedAt: timeOf(closedAt) }) }
}

/** What would come of a send, or came of it: the same words, so that a dry run can be compared. */
export function renderSendPlan({ message, defer }: Sent): SendPlan {
  const { status, contactId, conversationId, found, did } = message
  return {
    status,
    contactId,
    ...(conversationId === undefined ? {} : { conversationId }),
    found: renderFound(must(found, 'a send has found something')),
    ...(did === undefined || defer ? {} : { did: didOf[did] }),
    deliveries: message.deliveries.map(renderDelivery),
    ...(defer === undefined ? {} : { deferUntil: timeOf(defer.until) }),
  }
}

export function renderSendAnswer(sent: Sent): SendAnswer {
  const { id, messageId } = sent.message
  return {
    id: must(id, 'a message that was accepted has an id'),
    messageId: must(messageId, 'a message that was accepted has its address'),
    ...renderSendPlan(sent),
  }
}
