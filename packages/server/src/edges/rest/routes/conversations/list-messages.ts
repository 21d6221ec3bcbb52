import type { Entry } from '@beckon/core'
import type { Handler } from '../../../shared/operation/operation-call.ts'
import { findConversation } from '../../read/living.ts'
import { renderEntry } from '../../render/entry.ts'
import { linkNext, nextUri } from '../../render/page.ts'
import type { RestDeps } from '../../rest-deps.ts'

const defaultLimit = 100

export function listMessages({ reader }: Pick<RestDeps, 'reader'>): Handler<'list-messages'> {
  return async ({ params: { conversationId }, path, query }) => {
    const { after = 0, limit = defaultLimit } = query
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return found
    const { id, lastSeq } = found.value.conversation
    const entries = await reader.entries(id, { after, limit })
    const body = { entities: entries.map(renderEntry), pageSize: limit }
    const last = lastOf(entries)
    if (last === undefined || last >= lastSeq) return { status: 200, body }
    const next = nextUri({ path, query }, { after: last, limit })
    return { status: 200, body: { ...body, nextUri: next }, headers: { link: linkNext(next) } }
  }
}

function lastOf(entries: readonly Entry[]): number | undefined {
  return entries.at(-1)?.seq
}
