import { notFound, toId, type MessageEntry, type Result } from '@beckon/core'
import { findConversation, type Found } from '../find-conversation.ts'
import type { GenesysDeps } from '../genesys-deps.ts'
import type { GenesysHandler } from '../genesys-handler.ts'
import { refused } from '../refusing/refused.ts'
import { renderMessage } from '../render/message.ts'

type Deps = Pick<GenesysDeps, 'reader'>

export function getMessage({ reader }: Deps): GenesysHandler<'genesys-get-conversations-message-message'> {
  return async ({ params: { conversationId, messageId } }) => {
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return refused(found)
    const message = await messageIn(reader, found.value, messageId)
    return message ? { status: 200, body: renderMessage(message, found.value.conversation) } : refused(notFound('message', messageId))
  }
}

export function getMessageDetails({ reader }: Deps): GenesysHandler<'genesys-get-conversations-message-details'> {
  return async ({ params: { messageId } }) => {
    const found = await findMessage(reader, messageId)
    return found.ok ? { status: 200, body: renderMessage(found.value.message, found.value.conversation) } : refused(found)
  }
}

export function getMessagesInBulk({ reader }: Deps): GenesysHandler<'genesys-post-conversations-message-messages-bulk'> {
  return async ({ params: { conversationId }, body }) => {
    const found = await findConversation(reader, conversationId)
    if (!found.ok) return refused(found)
    const messages = await Promise.all(body.map((id) => messageIn(reader, found.value, id)))
    return { status: 200, body: { entities: messages.filter((one) => one !== undefined).map((one) => renderMessage(one, found.value.conversation)) } }
  }
}

async function messageIn(reader: Deps['reader'], { conversation }: Found, id: string): Promise<MessageEntry | undefined> {
  const message = await reader.message(toId(id))
  return message?.conversationId === conversation.id ? message : undefined
}

async function findMessage(reader: Deps['reader'], id: string): Promise<Result<Found & { readonly message: MessageEntry }>> {
  const message = await reader.message(toId(id))
  if (!message) return notFound('message', id)
  const found = await findConversation(reader, message.conversationId)
  return found.ok ? { ok: true, value: { ...found.value, message } } : found
}
