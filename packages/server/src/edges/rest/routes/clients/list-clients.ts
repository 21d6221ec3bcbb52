import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readPageRequest } from '../../read/page-request.ts'
import { renderClient } from '../../render/client.ts'
import { renderPage } from '../../render/page.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listClients({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-clients'> {
  return async (asked) => {
    const page = readPageRequest(asked)
    return page.ok ? renderPage(await reader.oauthClients(page.value), asked, renderClient) : page
  }
}
