import { scopesByRole } from '@beckon/core'
import { agentCookieHeader } from '../../../shared/agent-cookie.ts'
import { createGuessLimits } from '../../../shared/limits/guess-limits.ts'
import { rateLimitedDraft, type ProblemDraft } from '../../../shared/http-refused.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { renderAgent } from '../../render/agent.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function loginAgent({ useCases, clock, publicUrl }: Pick<RestDeps, 'useCases' | 'clock' | 'publicUrl'>): Handler<'login-agent'> {
  const limits = createGuessLimits(clock)
  return async ({ body, request }) => {
    const attempt = await limits.attempt(request.ip, body.name, () => useCases.loginAgent(body))
    if ('waitSeconds' in attempt) return { ok: false, draft: rateLimitedDraft(`Too many wrong passwords. Try again in ${attempt.waitSeconds} s.`, attempt.waitSeconds) }
    if (!attempt.judged) return { ok: false, draft: wrongPassword }
    const { agent, secret, lifetime } = attempt.judged
    const cookie = agentCookieHeader(secret, lifetime / 1000, publicUrl.startsWith('https:'))
    return { status: 200, body: { agent: renderAgent(agent), scopes: scopesByRole[agent.role] }, headers: { 'set-cookie': cookie } }
  }
}

const wrongPassword: ProblemDraft = {
  code: 'invalid_token',
  detail: 'The name or the password is wrong.',
  headers: { 'www-authenticate': 'Bearer realm="beckon"' },
}
