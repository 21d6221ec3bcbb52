import type { Conversation } from '../../domain/conversation/conversation.ts'
import { conversationTransition } from '../../domain/conversation/transitions.ts'
import type { Actor } from '../../domain/entry/entry.ts'
import type { ConversationId } from '../../domain/ids.ts'
import { must } from '../../domain/invariant.ts'
import { notFound, ok, refuse, type Result } from '../../domain/result.ts'
import type { Decision, Found } from '../../ports/store.ts'
import { continueThread, type ThreadDeps } from '../thread-draft.ts'
import { noChanges, transactOnce, type Idempotency, type Outcome } from '../transact-once.ts'

export interface UpdateConversation {
  readonly conversationId: ConversationId
  readonly status: 'open' | 'closed'
  readonly by: Actor
  readonly reason?: string
  /** Only if the conversation is still in this version (`If-Match`). */
  readonly ifVersion?: number
  readonly idempotency?: Idempotency
}

/** Closes or reopens; doing it again changes nothing and answers alike. Refuses with `not_found`, `erased`, `precondition_failed`. */
export function createUpdateConversation(deps: ThreadDeps) {
  return async (command: UpdateConversation): Promise<Outcome<Conversation>> => {
    const known = await deps.store.conversation(command.conversationId)
    if (!known) return notFound('conversation', command.conversationId)
    const need = { contactId: known.contactId, conversationId: known.id }
    return transactOnce(deps, need, command.idempotency, (found) => decide(deps, command, found))
  }
}

function decide(deps: ThreadDeps, command: UpdateConversation, found: Found): Decision<Result<Conversation>> {
  const { contact, deployment } = found
  const conversation = must(found.conversation, 'a conversation stays')
  const no = (result: Result<Conversation>): Decision<Result<Conversation>> => ({ result, changes: noChanges })
  if (contact?.erasedAt !== undefined) return no(refuse({ code: 'erased', noun: 'conversation' }))
  if (command.ifVersion !== undefined && command.ifVersion !== conversation.version) {
    return no(refuse({ code: 'precondition_failed', currentVersion: conversation.version }))
  }
  const row = conversationTransition(conversation.status, command.status === 'closed' ? 'close' : 'reopen')
  if (row?.does !== 'close' && row?.does !== 'reopen') return no(ok(conversation))
  const draft = continueThread({ ids: deps.ids, now: deps.clock.now(), idleCloseAfter: deployment?.idleCloseAfter }, conversation)
  draft[row.does](command.by, command.reason)
  return { result: ok(draft.conversation), changes: draft.changes() }
}
