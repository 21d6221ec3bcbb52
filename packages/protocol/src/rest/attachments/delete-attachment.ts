import { Type } from 'typebox'
import { Id } from '../../scalars/identifier.ts'
import { defineOperation } from '../operation.ts'
import { id } from '../sample.ts'

/** A file that a message carries goes with its person only. */
export const deleteAttachment = defineOperation({
  operationId: 'delete-attachment',
  method: 'DELETE',
  path: '/api/v2/conversations/messaging/{conversationId}/attachments/{attachmentId}',
  summary: 'Take back a file that no message carries yet',
  tags: ['Attachments'],
  auth: 'bearer',
  scopes: ['messaging:conversation:write', 'conversations:write', 'admin:conversation:write'],
  params: Type.Object({ conversationId: Id, attachmentId: Id }),
  responses: { 204: null },
  idempotent: false,
  refusals: ['attachment_refused', 'erased'],
  examples: [{ summary: 'The wrong file', params: { conversationId: id.conversation, attachmentId: id.attachment }, status: 204 }],
})
