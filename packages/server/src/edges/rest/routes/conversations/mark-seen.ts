import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findConversation } from '../../read/living.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function markSeen({ useCases, reader }: Pick<RestDeps, 'useCases' | 'reader'>): Handler<'mark-seen'> {
  return async ({ params: { conversationId }, body }) => {
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return found
    const { id, contactId } = found.value.conversation
    const marked = await useCases.acknowledge({ contactId, conversationId: id, by: 'business', upTo: body })
    return marked.ok ? { status: 204, body: undefined } : marked
  }
}
