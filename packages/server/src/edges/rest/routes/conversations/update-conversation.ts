import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { actorOf } from '../../../shared/principal.ts'
import { showConversation } from '../../render/show-conversation.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function updateConversation(deps: Pick<RestDeps, 'useCases' | 'reader' | 'presence'>): Handler<'update-conversation'> {
  return async ({ params, body, principal, ifVersion, idempotency }) => {
    const updated = await deps.useCases.updateConversation({
      ...body,
      conversationId: toId(params.conversationId),
      by: actorOf(principal),
      ...(ifVersion === undefined ? {} : { ifVersion }),
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    if (!updated.ok) return updated
    return { status: 200, ...(await showConversation(deps, updated.value)), replayed: updated.replayed }
  }
}
