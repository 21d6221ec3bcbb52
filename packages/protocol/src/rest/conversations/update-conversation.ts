import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Reason } from '../../scalars/text.ts'
import { Conversation } from '../../shapes/conversation.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** Closing and reopening are idempotent. Closing needs a scope of its own. */
export const updateConversation = defineOperation({
  operationId: 'update-conversation',
  method: 'PATCH',
  path: '/api/v2/conversations/messaging/{conversationId}',
  summary: 'Close or reopen a conversation',
  description: 'Closing a closed conversation, or reopening an open one, changes nothing and answers the same.',
  tags: ['Conversations'],
  auth: 'bearer',
  scopes: ['conversations:write', 'messaging:conversation:write', 'webmessaging:write', 'admin:conversation:write'],
  scopeRules: [
    { when: { field: 'status', equals: 'open' }, scopes: ['conversations:write', 'messaging:conversation:write', 'admin:conversation:write'] },
    { when: { field: 'status', equals: 'closed' }, scopes: ['webmessaging:write', 'admin:conversation:write'] },
  ],
  params: Type.Object({ conversationId: Id }),
  body: Type.Object({ status: Type.Enum(['open', 'closed']), reason: Type.Optional(Reason) }, { additionalProperties: false }),
  responses: { 200: Conversation },
  idempotent: true,
  etag: true,
  ifMatch: 'optional',
  refusals: ['erased'],
  examples: [
    {
      summary: 'Close it',
      params: { conversationId: id.conversation },
      body: { status: 'closed', reason: 'solved' },
      status: 200,
      answer: { ...sample.conversation, closedReason: 'solved' },
    },
    {
      summary: 'Reopen it',
      params: { conversationId: id.conversation },
      body: { status: 'open' },
      status: 200,
      answer: sample.openConversation,
    },
  ],
})
