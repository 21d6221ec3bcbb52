import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readPageRequest } from '../../read/page-request.ts'
import { renderPage } from '../../render/page.ts'
import { renderProactive } from '../../render/proactive.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listProactive({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-proactive'> {
  return async ({ path, query }) => {
    const { status, contactId, conversationId } = query
    const page = await reader.proactives(readPageRequest(query), {
      ...(status === undefined ? {} : { status }),
      ...(contactId === undefined ? {} : { contactId: toId(contactId) }),
      ...(conversationId === undefined ? {} : { conversationId: toId(conversationId) }),
    })
    return renderPage(page, { path, query }, renderProactive)
  }
}
