import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findConversation } from '../../read/living.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function sendTyping({ reader, bus }: Pick<RestDeps, 'reader' | 'bus'>): Handler<'send-typing'> {
  return async ({ params: { conversationId }, body: { on, from }, principal }) => {
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return found
    const { id, contactId, deploymentId } = found.value.conversation
    bus.publish({ kind: 'typing', typing: { contactId, conversationId: id, deploymentId, by: 'agent', on, name: from?.name ?? principal.name } })
    return { status: 204, body: undefined }
  }
}
