import type { Conversation } from '../../domain/conversation/conversation.ts'
import type { Delivery } from '../../domain/delivery/delivery.ts'
import { isInbound, type MessageEntry } from '../../domain/entry/entry.ts'
import type { EntryId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/instant.ts'
import { must } from '../../domain/invariant.ts'
import { overdueSince } from '../../domain/proactive/overdue.ts'
import type { ProactiveMessage } from '../../domain/proactive/proactive.ts'
import { notFound, ok, type Result } from '../../domain/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Reader } from '../../ports/reader.ts'

export interface Explained {
  readonly messageId: EntryId
  /** Absent while the message is only scheduled. */
  readonly entry?: MessageEntry
  readonly message?: ProactiveMessage
  readonly deliveries: readonly Delivery[]
  /** Since when it should have been sent, where nobody keeps the appointment. */
  readonly overdueSince?: Instant
}

/** Every attempt to deliver one message. Refuses with `not_found`. */
export function createListDeliveries({ store, clock }: { readonly store: Reader; readonly clock: Clock }) {
  return async ({ messageId }: { readonly messageId: EntryId }): Promise<Result<Explained>> => {
    const [entry, message] = await Promise.all([store.message(messageId), store.proactiveByMessage(messageId)])
    if (message) {
      const since = message.status === 'scheduled' ? overdueSince(message.policy.sendAt, clock.now()) : undefined
      return ok({ messageId, ...(entry ? { entry } : {}), message, deliveries: message.deliveries, ...(since === undefined ? {} : { overdueSince: since }) })
    }
    if (!entry) return notFound('message', messageId)
    const conversation = must(await store.conversation(entry.conversationId), 'an entry is in a conversation')
    return ok({ messageId, entry, deliveries: [byCursor(entry, conversation)] })
  }
}

/** A message without a record of its own is told by how far its reader has come. */
function byCursor(entry: MessageEntry, conversation: Conversation): Delivery {
  const reader = isInbound(entry) ? conversation.business : conversation.guest
  const status = entry.seq <= reader.seenSeq ? 'seen' : entry.seq <= reader.deliveredSeq ? 'delivered' : 'waiting'
  return { route: 'live', status }
}
