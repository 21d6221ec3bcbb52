import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readPageRequest } from '../../read/page-request.ts'
import { renderDeployment } from '../../render/deployment.ts'
import { renderPage } from '../../render/page.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listDeployments({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-deployments'> {
  return async (asked) => {
    const page = readPageRequest(asked)
    return page.ok ? renderPage(await reader.deployments(page.value), asked, renderDeployment) : page
  }
}
