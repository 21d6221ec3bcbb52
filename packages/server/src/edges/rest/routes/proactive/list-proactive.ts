import { toId } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { readPageRequest } from '../../read/page-request.ts'
import { renderPage } from '../../render/page.ts'
import { renderProactive } from '../../render/proactive.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listProactive({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-proactive'> {
  return async (asked) => {
    const { status, contactId, conversationId } = asked.query
    const page = readPageRequest(asked)
    if (!page.ok) return page
    const found = await reader.proactives(page.value, {
      ...(status === undefined ? {} : { status }),
      ...(contactId === undefined ? {} : { contactId: toId(contactId) }),
      ...(conversationId === undefined ? {} : { conversationId: toId(conversationId) }),
    })
    return renderPage(found, asked, renderProactive)
  }
}
