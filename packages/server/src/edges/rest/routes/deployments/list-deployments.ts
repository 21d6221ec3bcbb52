import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readPageRequest } from '../../read/page-request.ts'
import { renderDeployment } from '../../render/deployment.ts'
import { renderPage } from '../../render/page.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listDeployments({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-deployments'> {
  return async ({ path, query }) => renderPage(await reader.deployments(readPageRequest(query)), { path, query }, renderDeployment)
}
