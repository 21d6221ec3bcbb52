import { agentCookieHeader, readAgentCookie } from '../../../shared/agent-cookie.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function logoutAgent({ useCases, bus, publicUrl }: Pick<RestDeps, 'useCases' | 'bus' | 'publicUrl'>): Handler<'logout-agent'> {
  return async ({ request }) => {
    const secret = readAgentCookie(request.headers.cookie)
    if (secret !== undefined) await useCases.logoutAgent({ secret })
    bus.publish({ kind: 'access-changed' })
    return { status: 204, body: undefined, headers: { 'set-cookie': agentCookieHeader('', 0, publicUrl.startsWith('https:')) } }
  }
}
