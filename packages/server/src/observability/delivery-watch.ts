import { isInbound, type Committed, type ConversationId, type Instant } from '@beckon/core'

const mostWatched = 10_000

/**
 * Measures how long messages of the business took to reach the guest's page. Watches the newest unconfirmed one of each
 * conversation, and of 10,000 conversations at most: a sample of bounded size, not a ledger.
 */
export function createDeliveryWatch(observe: (seconds: number) => void): (committed: Committed) => void {
  const waiting = new Map<ConversationId, { readonly seq: number; readonly at: Instant }>()

  function watch(conversationId: ConversationId, sent: { readonly seq: number; readonly at: Instant }): void {
    waiting.delete(conversationId)
    waiting.set(conversationId, sent)
    if (waiting.size <= mostWatched) return
    const [oldest] = waiting.keys()
    if (oldest !== undefined) waiting.delete(oldest)
  }

  function confirm(conversationId: ConversationId, upToSeq: unknown, at: Instant): void {
    const sent = waiting.get(conversationId)
    if (sent === undefined || typeof upToSeq !== 'number' || upToSeq < sent.seq) return
    waiting.delete(conversationId)
    observe((at - sent.at) / 1000)
  }

  return ({ entries, events }) => {
    for (const { entry } of entries) {
      if (entry.kind === 'message' && !isInbound(entry)) watch(entry.conversationId, entry)
    }
    for (const { type, conversationId, data, at } of events) {
      const isConfirmation = (type === 'message.delivered' || type === 'message.seen') && data?.['by'] === 'guest'
      if (isConfirmation && conversationId !== undefined) confirm(conversationId, data['upToSeq'], at)
    }
  }
}
