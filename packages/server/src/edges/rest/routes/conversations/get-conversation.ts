import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findConversation } from '../../read/living.ts'
import { showConversation } from '../../render/show-conversation.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function getConversation(deps: Pick<RestDeps, 'reader' | 'presence'>): Handler<'get-conversation'> {
  return async ({ params: { conversationId } }) => {
    const found = await findConversation(deps.reader, conversationId)
    if (!found.ok) return found
    const { conversation, contact } = found.value
    return { status: 200, ...(await showConversation(deps, conversation, contact)) }
  }
}
