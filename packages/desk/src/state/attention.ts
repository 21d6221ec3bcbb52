import type { Conversation, Entry } from '@beckon/protocol'

/** Whether a conversation needs somebody, and for how long it has. */
export interface Attention {
  /** Messages of the guest that nobody here has seen. */
  readonly unread: number
  /** When the guest began to wait: their first message that nobody has answered. */
  readonly waitingSince?: string
}

/** Judges by the tail of the log: whoever answers has read, and the business's own messages answer everything before them. */
export function attentionOf(conversation: Conversation, log: readonly Entry[]): Attention {
  const messages = log.filter(({ kind }) => kind === 'message')
  const answeredByAgent = messages.findLast(({ from }) => from?.kind === 'agent')?.seq ?? 0
  const seen = Math.max(conversation.cursors.business.seenSeq, answeredByAgent)
  const unread = messages.filter(({ seq, direction }) => direction === 'inbound' && seq > seen).length
  const lastAnswer = messages.findLastIndex(({ direction }) => direction === 'outbound')
  const waiting = messages.slice(lastAnswer + 1).find(({ direction }) => direction === 'inbound')
  if (waiting === undefined || conversation.status === 'closed') return { unread }
  return { unread, waitingSince: waiting.createdAt }
}
