import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { timeOf } from '../../../shared/time-text.ts'
import { findContact } from '../../read/living.ts'
import { renderDelivery } from '../../render/delivery.ts'
import { renderProactive } from '../../render/proactive.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listDeliveries({ useCases, reader }: Pick<RestDeps, 'useCases' | 'reader'>): Handler<'list-deliveries'> {
  return async ({ params: { messageId } }) => {
    const explained = await useCases.listDeliveries({ messageId: toId(messageId) })
    if (!explained.ok) return explained
    const { entry, message, deliveries, overdueSince } = explained.value
    const contactId = entry?.contactId ?? message?.contactId
    const contact = contactId === undefined ? undefined : await findContact(reader, contactId)
    if (contact && !contact.ok) return contact
    return {
      status: 200,
      body: {
        messageId,
        ...(entry === undefined ? {} : { conversationId: entry.conversationId, seq: entry.seq }),
        ...(message === undefined ? {} : { proactive: renderProactive(message) }),
        entities: deliveries.map(renderDelivery),
        ...(overdueSince === undefined ? {} : { overdueSince: timeOf(overdueSince) }),
      },
    }
  }
}
