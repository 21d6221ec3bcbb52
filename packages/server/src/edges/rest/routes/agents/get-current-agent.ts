import { toId } from '@beckon/core'
import type { ProblemDraft } from '../../../shared/http-refused.ts'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { renderAgent } from '../../render/agent.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function getCurrentAgent({ reader }: Pick<RestDeps, 'reader'>): Handler<'get-current-agent'> {
  return async ({ principal: { id, scopes } }) => {
    const agent = await reader.agent(toId(id))
    return agent ? { status: 200, body: { agent: renderAgent(agent), scopes } } : { ok: false, draft: deleted }
  }
}

const deleted: ProblemDraft = { code: 'invalid_token', detail: 'The agent of this desk sign-in was deleted.', headers: { 'www-authenticate': 'Bearer realm="beckon"' } }
