import { toId, type Contact, type Conversation, type ConversationFilter } from '@beckon/core'
import type { Call, Handler } from '../../../shared/operation/operation-call.ts'
import { timeOf } from '../../../shared/time-text.ts'
import { readPageRequest } from '../../read/page-request.ts'
import { renderPage } from '../../render/page.ts'
import { showConversation } from '../../render/show-conversation.ts'
import type { RestDeps } from '../../rest-deps.ts'

export function listConversations(deps: Pick<RestDeps, 'reader' | 'presence'>): Handler<'list-conversations'> {
  return async (asked) => {
    const wanted = readPageRequest(asked)
    if (!wanted.ok) return wanted
    const page = await deps.reader.conversations(wanted.value, readFilter(asked.query))
    const withContacts = await Promise.all(page.entities.map(async (conversation) => ({ conversation, contact: await deps.reader.contact(conversation.contactId) })))
    const shown = await Promise.all(withContacts.filter(isThere).map(({ conversation, contact }) => showConversation(deps, conversation, contact)))
    const rendered = renderPage({ ...page, entities: shown }, asked, ({ body }) => body)
    return page.searchedBackTo === undefined ? rendered : { ...rendered, body: { ...rendered.body, searchedBackTo: timeOf(page.searchedBackTo) } }
  }
}

function readFilter({ status, quiet, contactId, deploymentId, q }: Call<'list-conversations'>['query']): ConversationFilter {
  return {
    ...(status === undefined ? {} : { status }),
    ...(quiet === undefined ? {} : { quiet }),
    ...(contactId === undefined ? {} : { contactId: toId(contactId) }),
    ...(deploymentId === undefined ? {} : { deploymentId: toId(deploymentId) }),
    ...(q === undefined ? {} : { text: q }),
  }
}

function isThere({ contact }: { readonly conversation: Conversation; readonly contact: Contact | undefined }): boolean {
  return contact?.erasedAt === undefined
}
