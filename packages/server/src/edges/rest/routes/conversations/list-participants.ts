import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findConversation } from '../../read/living.ts'
import { renderParticipant } from '../../render/participant.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listParticipants({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-participants'> {
  return async ({ params: { conversationId } }) => {
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return found
    const { participants } = found.value.conversation
    return { status: 200, body: { entities: participants.map(renderParticipant), pageSize: participants.length } }
  }
}
