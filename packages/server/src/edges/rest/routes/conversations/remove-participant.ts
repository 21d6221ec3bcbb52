import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { actorOf } from '../../../shared/principal.ts'
import { findConversation } from '../../read/living.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function removeParticipant({ useCases, reader }: Pick<RestDeps, 'useCases' | 'reader'>): Handler<'remove-participant'> {
  return async ({ params, principal }) => {
    const found = await findConversation(reader, params.conversationId)
    if (!found.ok) return found
    const removed = await useCases.removeParticipant({
      conversationId: toId(params.conversationId),
      participantId: toId(params.participantId),
      by: actorOf(principal),
    })
    return removed.ok ? { status: 204, body: undefined } : removed
  }
}
