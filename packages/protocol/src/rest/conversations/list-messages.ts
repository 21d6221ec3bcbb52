import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Entry } from '../../shapes/entry.ts'
import { pageOf } from '../../shapes/page.ts'
import { defineOperation } from '../operation.ts'
import { id, sample } from '../sample.ts'

/** The conversation's log in the order of `seq`. */
export const listMessages = defineOperation({
  operationId: 'list-messages',
  method: 'GET',
  path: '/api/v2/conversations/messaging/{conversationId}/messages',
  summary: "Read a conversation's log",
  description: 'Messages and events in the order of `seq`, from the entry after `after` on.',
  tags: ['Conversations'],
  auth: 'bearer',
  scopes: ['conversations:read', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  query: Type.Object(
    {
      after: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    },
    { additionalProperties: false },
  ),
  responses: { 200: pageOf(Entry) },
  idempotent: false,
  refusals: ['erased'],
  examples: [
    {
      summary: 'What came after the sixth entry',
      params: { conversationId: id.conversation },
      query: { after: 6, limit: 100 },
      status: 200,
      answer: { entities: [sample.entry], pageSize: 100 },
    },
  ],
})
