import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function endSession({ useCases }: Pick<RestDeps, 'useCases'>): Handler<'end-session'> {
  return async ({ params: { sessionId }, principal }) => {
    const reason = principal.kind === 'agent' ? 'ended_by_agent' : 'ended_by_backend'
    const ended = await useCases.endSession({ sessionId: toId(sessionId), reason })
    return ended.ok ? { status: 204, body: undefined } : ended
  }
}
