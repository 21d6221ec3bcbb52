import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { unknown } from '../../read/living.ts'
import { renderSession } from '../../render/session.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function getSession({ reader, clock }: Pick<RestDeps, 'reader' | 'clock'>): Handler<'get-session'> {
  return async ({ params: { sessionId } }) => {
    const session = await reader.session(toId(sessionId))
    return session ? { status: 200, body: renderSession(session, clock.now()) } : unknown('session', sessionId)
  }
}
