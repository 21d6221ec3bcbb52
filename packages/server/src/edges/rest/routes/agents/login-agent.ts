import { scopesByRole } from '@beckon/core'
import { agentCookieHeader } from '../../../shared/agent-cookie.ts'
import { createGuessLimits } from '../../../shared/limits/guess-limits.ts'
import type { ProblemDraft } from '../../../shared/http-refused.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { renderAgent } from '../../render/agent.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function loginAgent({ useCases, clock, publicUrl }: Pick<RestDeps, 'useCases' | 'clock' | 'publicUrl'>): Handler<'login-agent'> {
  const limits = createGuessLimits(clock)
  return async ({ body, request }) => {
    const waitSeconds = limits.attempt(request.ip, body.name)
    if (waitSeconds > 0) return { ok: false, draft: tooManyGuesses(waitSeconds) }
    const signedIn = await useCases.loginAgent(body)
    if (!signedIn) return { ok: false, draft: wrongPassword }
    limits.succeeded(request.ip, body.name)
    const { agent, secret, lifetime } = signedIn
    const cookie = agentCookieHeader(secret, lifetime / 1000, publicUrl.startsWith('https:'))
    return { status: 200, body: { agent: renderAgent(agent), scopes: scopesByRole[agent.role] }, headers: { 'set-cookie': cookie } }
  }
}

const wrongPassword: ProblemDraft = {
  code: 'invalid_token',
  detail: 'The name or the password is wrong.',
  headers: { 'www-authenticate': 'Bearer realm="beckon"' },
}

function tooManyGuesses(waitSeconds: number): ProblemDraft {
  return { code: 'rate_limited', detail: `Too many wrong passwords. Try again in ${waitSeconds} s.`, headers: { 'retry-after': String(waitSeconds) } }
}
