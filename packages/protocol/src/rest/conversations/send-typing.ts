import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { Name } from '../../scalars/text.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** Goes to open pages only and is not kept. */
export const sendTyping = defineOperation({
  operationId: 'send-typing',
  method: 'POST',
  path: '/api/v2/conversations/messaging/{conversationId}/typing',
  summary: 'Show the guest that somebody is writing',
  tags: ['Conversations'],
  auth: 'bearer',
  scopes: ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  body: Type.Object(
    { on: Type.Boolean(), from: Type.Optional(Type.Object({ name: Type.Optional(Name) }, { additionalProperties: false })) },
    { additionalProperties: false },
  ),
  responses: { 204: null },
  idempotent: false,
  refusals: ['erased'],
  examples: [{ summary: 'Mira is writing', params: { conversationId: id.conversation }, body: { on: true, from: { name: 'Mira' } }, status: 204 }],
})
