import type { Conversation, Instant } from '@beckon/core'
import { pushFrame } from '@beckon/protocol'
import { send, type Connection } from './connection.ts'
import { renderConversation } from './render-session.ts'

/** How far each side has come, and what the thread has become, for those who show it. `hasTurned`: the socket has just gone over to this thread. */
export function tellConversation(connection: Connection, conversation: Conversation, { now, hasTurned }: { readonly now: Instant; readonly hasTurned: boolean }): void {
  const { view, session, deployment } = connection
  if (!view || !session || view.conversationId !== conversation.id || conversation.version < view.version) return
  const changed = hasTurned || view.status !== conversation.status
  const receipts = (['guest', 'business'] as const).filter((side) => !sameCursor(view[side], conversation[side]))
  view.version = conversation.version
  view.status = conversation.status
  view.guest = conversation.guest
  view.business = conversation.business
  if (!connection.hasAdditions) return
  if (changed) send(connection, JSON.stringify(pushFrame('Conversation', renderConversation(conversation, { session, deployment, now }))))
  for (const by of receipts) send(connection, JSON.stringify(pushFrame('Receipt', { conversationId: conversation.id, by, ...conversation[by] })))
}

function sameCursor(one: Conversation['guest'] | Conversation['business'], other: Conversation['guest'] | Conversation['business']): boolean {
  const dismissed = (cursor: typeof one): number => ('dismissedSeq' in cursor ? cursor.dismissedSeq : 0)
  return one.deliveredSeq === other.deliveredSeq && one.seenSeq === other.seenSeq && dismissed(one) === dismissed(other)
}
