import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readPageRequest } from '../../read/page-request.ts'
import { renderAgent } from '../../render/agent.ts'
import { renderPage } from '../../render/page.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listAgents({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-agents'> {
  return async (asked) => {
    const page = readPageRequest(asked)
    return page.ok ? renderPage(await reader.agents(page.value), asked, renderAgent) : page
  }
}
