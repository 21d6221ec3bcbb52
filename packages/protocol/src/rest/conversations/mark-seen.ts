import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

const Seq = Type.Integer({ minimum: 1 })

/** Cursors only move forward; a position beyond the log counts as its end. */
export const markSeen = defineOperation({
  operationId: 'mark-seen',
  method: 'POST',
  path: '/api/v2/conversations/messaging/{conversationId}/seen',
  summary: 'Say how far the business has received and read',
  tags: ['Conversations'],
  auth: 'bearer',
  scopes: ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id }),
  body: Type.Object({ deliveredSeq: Type.Optional(Seq), seenSeq: Type.Optional(Seq) }, { additionalProperties: false, minProperties: 1 }),
  responses: { 204: null },
  idempotent: false,
  refusals: ['erased'],
  examples: [{ summary: 'Read up to the sixth entry', params: { conversationId: id.conversation }, body: { seenSeq: 6 }, status: 204 }],
})
