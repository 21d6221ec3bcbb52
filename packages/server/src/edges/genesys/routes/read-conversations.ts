import { must, type Conversation } from '@beckon/core'
import { readPage, writePageCursor } from '../../shared/page-cursor.ts'
import { findConversation } from '../find-conversation.ts'
import type { GenesysDeps } from '../genesys-deps.ts'
import type { GenesysHandler } from '../genesys-handler.ts'
import { refused } from '../refusing/refused.ts'
import { showConversation, showMessageConversation } from '../render/conversation.ts'

type Deps = Pick<GenesysDeps, 'reader'>

export function getConversation({ reader }: Deps): GenesysHandler<'genesys-get-conversation'> {
  return async ({ params: { conversationId } }) => {
    const found = await findConversation(reader, conversationId)
    return found.ok ? { status: 200, body: await showConversation(reader, found.value) } : refused(found)
  }
}

export function getMessageConversation({ reader }: Deps): GenesysHandler<'genesys-get-conversations-message'> {
  return async ({ params: { conversationId } }) => {
    const found = await findConversation(reader, conversationId)
    return found.ok ? { status: 200, body: await showMessageConversation(reader, found.value) } : refused(found)
  }
}

const defaultPageSize = 25

export function listMessageConversations({ reader }: Deps): GenesysHandler<'genesys-get-conversations-messages'> {
  return async ({ path, query: { pageSize = defaultPageSize, cursor } }) => {
    const asked = readPage(path, { size: pageSize, cursor, field: 'cursor' })
    if (!asked.ok) return refused(asked)
    const page = await reader.conversations(asked.value, { status: 'open' })
    const entities = await Promise.all(page.entities.map((one) => show(one)))
    const next = page.next === undefined ? {} : { nextUri: `${path}?${new URLSearchParams({ pageSize: String(pageSize), cursor: writePageCursor(path, page.next) }).toString()}` }
    return { status: 200, body: { entities, pageSize, ...next } }
  }

  async function show(conversation: Conversation) {
    const contact = must(await reader.contact(conversation.contactId), 'a conversation has its contact')
    return showMessageConversation(reader, { conversation, contact })
  }
}
